"""The study's limits of heart rate and effort, as the file that they come in. Pure.

None has a default: a limit that no clinician signed is no limit (features, annex D).
"""

import hashlib
from typing import Annotated, Final

import msgspec
from msgspec import Meta, Struct

from protocol.errors import InvalidEffortError, InvalidIdentifierError, PlanError
from protocol.identifiers import parse_participant_code
from protocol.ledger.canonical import encode_canonical
from protocol.training.bounds import HeartRate
from protocol.training.building import build
from protocol.training.effort import check_borg
from protocol.training.toml_text import load_toml
from server.errors import RuleError

MAX_CEILINGS: Final = 999  # as many as there are codes

BorgRating = Annotated[int, Meta(ge=0, le=100)]  # which numbers exist is check_borg's


class SafetyLimits(Struct, frozen=True, forbid_unknown_fields=True):
    """Beats a minute, and ratings on Borg 6 to 20. A participant's own ceiling goes before all's.

    `rpe_alert` asks to look at her; from `rpe_hold` on she is held.
    """

    hr_ceiling_bpm: HeartRate | None = None
    rpe_alert: BorgRating | None = None
    rpe_hold: BorgRating | None = None
    hr_ceiling_bpm_of: dict[str, HeartRate] = {}

    @property
    def is_empty(self) -> bool:
        return self == SafetyLimits()


def parse_limits(text: str) -> SafetyLimits:
    """From TOML. Raises RuleError with everything that is wrong."""
    wrong: list[str] = []
    try:
        limits = build(SafetyLimits, load_toml(text), "", wrong)
    except PlanError as error:
        raise RuleError(str(error)) from None
    if limits is not None:
        wrong.extend(_find_contradictions(limits))
    if limits is None or wrong:
        raise RuleError("; ".join(wrong))
    return limits


def encode_limits(limits: SafetyLimits) -> str:
    """The one text that these values have."""
    return encode_canonical(msgspec.to_builtins(limits)).decode()


def decode_limits(content: str) -> SafetyLimits:
    """What `encode_limits` wrote."""
    return msgspec.json.decode(content, type=SafetyLimits)


def compute_limits_digest(content: str) -> str:
    """SHA-256 in hex over the one text of the values: what a signature is for."""
    return hashlib.sha256(content.encode()).hexdigest()


def _find_contradictions(limits: SafetyLimits) -> list[str]:
    wrong = []
    for name in ("rpe_alert", "rpe_hold"):
        rating = getattr(limits, name)
        try:
            _ = rating is None or check_borg(rating)
        except InvalidEffortError as error:
            wrong.append(f"{name}: {error}")
    if limits.rpe_alert and limits.rpe_hold and limits.rpe_alert > limits.rpe_hold:
        wrong.append("rpe_alert: she would be held before anybody is asked to look at her")
    for code in limits.hr_ceiling_bpm_of:
        try:
            is_code = parse_participant_code(code) == code
        except InvalidIdentifierError:
            is_code = False
        if not is_code:
            wrong.append(f"hr_ceiling_bpm_of: {code!r} is not a participant's code: P01 to P999")
    return wrong
