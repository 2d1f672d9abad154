"""What the rules of progression say, and the evidence they say it from."""

from enum import StrEnum

from msgspec import Struct

from protocol.training.standing import Standing
from protocol.training.vocabulary import Axis


class Move(StrEnum):
    """What happens to her prescription."""

    HOLD = "hold"
    STEP_UP = "step_up"
    STEP_DOWN = "step_down"


class EvidenceUsed(Struct, frozen=True):
    """One session that a rule looked at."""

    session: int
    n_sets: int
    n_observed: int
    n_at_top: int  # observed, with her amount on her band
    rpe: int | None  # given at that station
    form_lost: bool
    lighter_today: bool
    symptoms: bool


class Decision(
    Struct, frozen=True, rename={"move": "decision", "from_value": "from", "to_value": "to"}
):
    """What the plan proposes for her next; the trainer accepts it or overrides it with a reason.

    `rule` is the stable name of the rule and the key of `why` in a catalogue, with `values`.
    """

    move: Move
    axis: Axis | None
    from_value: int | str | None
    to_value: int | str | None
    rule: str
    why: str
    values: dict[str, int | str]
    evidence: tuple[EvidenceUsed, ...]
    standing: Standing  # what she does next
