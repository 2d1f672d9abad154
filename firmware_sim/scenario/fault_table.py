"""One `[[fault]]` table of a scenario."""

from typing import Any

from firmware_sim.scenario.faults import (
    CHAIN_FAULTS,
    INSTANT_FAULTS,
    OPTION_DEFAULTS,
    PRACTISED_ONLY,
    Fault,
    FaultKind,
)
from firmware_sim.scenario.fields import Fields

MAX_TIME_S = 86_400.0  # a scenario lasts a day at most
MAX_OPTION = 1e9  # seconds, milliseconds, per cent or copies; a guard against slips of the keyboard


def read_fault(table: dict[str, Any], place: str) -> Fault:
    """The fault in this table; straps are numbered from 1 there. Raises ScenarioError."""
    fields = Fields(table, place)
    kind = _read_kind(fields)
    is_instant = kind in INSTANT_FAULTS
    at_s = fields.number("at_s", None, 0.0, MAX_TIME_S)
    for_s = fields.number("for_s", 0.0 if is_instant else None, 0.0, MAX_TIME_S)
    if is_instant and for_s > 0:
        raise fields.error(f"{kind} is over in an instant; remove for_s")
    if not is_instant and for_s <= 0:
        raise fields.error(f"{kind} needs a length; write for_s = a number above 0")
    strap = fields.whole_or_none("strap", 1, 10_000)
    if strap is not None and kind in CHAIN_FAULTS:
        raise fields.error(f"{kind} is no trouble of one strap; remove strap")
    options = {
        name: fields.number(name, default, -MAX_OPTION, MAX_OPTION)
        for name, default in OPTION_DEFAULTS.get(kind, {}).items()
    }
    fields.refuse_leftovers()
    return Fault(kind, at_s, for_s, None if strap is None else strap - 1, options)


def _read_kind(fields: Fields) -> FaultKind:
    text = fields.text("kind")
    try:
        return FaultKind(text)
    except ValueError:
        known = f"choose among {', '.join(FaultKind)}"
        if text in PRACTISED_ONLY:
            said = f"{text} happens between people: only the tablet's practice has it; {known}"
            raise fields.error(said) from None
        raise fields.error(f"there is no kind of fault {text!r}; {known}") from None
