"""What a participant enters herself: few kinds, about herself alone, and each says so. Pure.

She may stop (her sets rest from then on); that she goes on is for a trainer to say, as with an
assistant's hold. What she corrects is her own, or an effort that nobody could write down for her.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from protocol.ledger.event import LedgerEvent

CLOSES_AFTER_MIN: Final = 120  # ux P3: then her effort is not given

Value = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Herself:
    """In place of a role: this participant, about herself."""

    code: str


def _is_break(value: Value) -> bool:
    return value["why"] is None  # no reason is asked


def _is_own_effort(value: Value) -> bool:
    minutes = value["minutes_after_end"]
    is_timely = minutes is not None and minutes <= CLOSES_AFTER_MIN
    return is_timely and (value["source"], value["missing_reason"]) in _OWN_EFFORTS


def _is_own_readiness(value: Value) -> bool:
    return bool(value["answered_by"] == "self")


def _is_any(_value: Value) -> bool:
    return True


_OWN_EFFORTS: Final = {("self_report", None), (None, "unknown")}
_KINDS: Final[Mapping[str, Callable[[Value], bool]]] = MappingProxyType(
    {
        "person_held": _is_break,
        "session_rpe": _is_own_effort,
        "feeling": _is_any,
        "readiness": _is_own_readiness,
    }
)
OWN_KINDS: Final = frozenset(_KINDS)
_CORRECTED: Final = OWN_KINDS - {"person_held"}


def is_own_entry(herself: Herself, event: LedgerEvent) -> bool:
    """Whether she may make this entry; of a correction `is_own_correction` says the rest."""
    fits = _KINDS.get(event.kind)
    if fits is None or event.about != herself.code or event.value is None:
        return False
    return fits(event.value) and (event.supersedes is None or event.kind in _CORRECTED)


def is_own_correction(event: LedgerEvent, superseded: LedgerEvent | None) -> bool:
    """Whether what it takes the place of is hers, or says of her effort only that it is missing."""
    if superseded is None or (superseded.kind, superseded.about) != (event.kind, event.about):
        return False
    is_open = event.kind == "session_rpe" and (superseded.value or {}).get("rating") is None
    return superseded.actor == event.actor or is_open
