"""What a tablet gets of the limits in force. Pure."""

from collections.abc import Collection, Sequence
from dataclasses import asdict
from typing import Any

from protocol.ledger.instants import format_utc_ms
from protocol.training.effort import cr10_of_borg
from server.safety.limits import SafetyLimits
from server.safety.phones import Phone
from server.safety.register import Proposal

CR10 = "cr10"  # the ledger's word for the scale


def view_safety(
    in_force: Proposal | None, phones: Sequence[Phone], codes: Collection[str], scale: str
) -> dict[str, Any]:
    """By the bundle's keys, for the participants `codes`. Null wherever nobody signed a limit.

    Ratings are signed on Borg 6 to 20; where tonight's `scale` is the other one, the rating with
    the same anchor counts.
    """
    limits = SafetyLimits() if in_force is None else in_force.limits
    signature = None if in_force is None else in_force.signature
    return {
        "hr_ceiling_bpm": limits.hr_ceiling_bpm,
        "hr_ceiling_bpm_of": {c: b for c, b in limits.hr_ceiling_bpm_of.items() if c in codes},
        "rpe_look": _place(limits.rpe_alert, scale),
        "rpe_act": _place(limits.rpe_hold, scale),
        "signed_by": None if signature is None else signature.signed_by,
        "signed_utc": signature and format_utc_ms(signature.signed_wall_ns // 1_000_000),
        "sha256": None if in_force is None else in_force.sha256,
        "phones": [asdict(one) for one in phones],
    }


def _place(rating: int | None, scale: str) -> float | None:
    if rating is None or scale != CR10:
        return rating
    return cr10_of_borg(rating)
