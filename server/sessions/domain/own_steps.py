"""What one participant does from segment to segment of the circuit. Pure.

The same targets as the fold's sets (domain.sets), also of what is still to come.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from protocol.ledger.event import LedgerEvent
from protocol.ledger.instants import format_utc_ms, parse_utc_ms
from server.sessions.domain.holding import Holdings, hold_events
from server.sessions.domain.levels import find_level, list_levels, lower_to
from server.sessions.domain.rotation import SetSlot, list_choices, list_set_slots
from server.sessions.domain.running import ClockRun, place_on_wall, run_clock
from server.sessions.domain.substituting import find_target, list_substitutes, read_locked_ms


@dataclass(frozen=True, slots=True)
class OwnCircuit:
    """`steps` in running time; `ends_at` is when the last one is over if nothing holds it longer,
    None while the clock is held.
    """

    steps: list[dict[str, Any]]
    ends_at: str | None


def list_own_circuit(events: Sequence[LedgerEvent], at: str, code: str) -> OwnCircuit | None:
    """None before the clock was started, or where she has no place in it."""
    holdings = hold_events(events)
    run = run_clock(holdings, parse_utc_ms(at))
    slots = [] if run is None else list_set_slots(run, list_choices(holdings, run, code))
    if run is None or not slots:
        return None
    return OwnCircuit(_list_steps(holdings, run, slots, code), _find_end(run))


def _list_steps(
    holdings: Holdings, run: ClockRun, slots: Sequence[SetSlot], code: str
) -> list[dict[str, Any]]:
    by_segment = {slot.segment.index: slot for slot in slots}
    steps: list[dict[str, Any]] = []
    for segment in run.segments:
        if segment.is_cut:
            continue
        slot = by_segment.get(segment.index)
        target = None if slot is None else _find_own(holdings, run, slot, code)
        steps.append(
            {
                "kind": segment.kind,
                "round": segment.round,
                "begin_ms": segment.begin_ms,
                "end_ms": segment.end_ms,
                "station": None if slot is None else slot.exercise,
                "target": target,
            }
        )
    return steps


def _find_own(holdings: Holdings, run: ClockRun, slot: SetSlot, code: str) -> dict[str, Any] | None:
    """What is written down of her target there; None: what the plan has for everybody."""
    written = holdings.fact("prescription", code)
    told = None if written is None else written.value["exercises"].get(slot.exercise)
    changes = list_substitutes(holdings, run, code).get(slot.exercise, ())
    target = find_target(told, changes, slot.segment, read_locked_ms(holdings, run, code))
    own = lower_to(find_level(list_levels(holdings, run, code), slot.segment), target)
    keys = ("exercise", "amount", "unit", "band", "sides")
    return own and {key: own[key] for key in keys}


def _find_end(run: ClockRun) -> str | None:
    """On the wall: what was held before it is time that passed as well."""
    at_ms = place_on_wall(run, run.total_ms)
    return None if at_ms is None else format_utc_ms(at_ms)
