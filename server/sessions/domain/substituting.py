"""What she does instead of a station's exercise tonight, and since when.

Also when somebody says tonight that she isn't ready for what is locked (decision 0024).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from protocol.ledger.instants import parse_utc_ms
from server.sessions.domain.holding import Holding, Holdings
from server.sessions.domain.running import ClockRun, RunSegment


@dataclass(frozen=True, slots=True)
class SubstituteChange:
    """From `active_ms` of running time on; `instead` None is what was prescribed."""

    active_ms: int
    instead: dict[str, Any] | None


def list_substitutes(
    holdings: Holdings, run: ClockRun, participant: str
) -> dict[str, list[SubstituteChange]]:
    """By the station's exercise what was decided, in order; the last one that applies counts."""
    return {
        station: [
            SubstituteChange(run.active_ms(parse_utc_ms(one.value["at"])), one.value["instead"])
            for one in made
        ]
        for station, made in _list_made(holdings, participant).items()
    }


def find_target(
    prescribed: dict[str, Any] | None,
    changes: Sequence[SubstituteChange],
    segment: RunSegment,
    locked_ms: int | None,
) -> dict[str, Any] | None:
    """What she is to do: the last one decided before the segment ended, else what was prescribed.

    For a segment that was cut, the last of all. From `locked_ms` of running time on neither is
    what she isn't ready for.
    """
    made = [one for one in changes if segment.is_cut or one.active_ms < segment.end_ms]
    instead = made[-1].instead if made else None
    is_locked = locked_ms is not None and (segment.is_cut or locked_ms < segment.end_ms)
    if instead is not None and not (is_locked and instead.get("locked")):
        return instead
    return prescribed and ((is_locked and prescribed.get("while_locked")) or prescribed)


def read_locked_ms(holdings: Holdings, run: ClockRun, participant: str) -> int | None:
    """Since when, in running time, a no of tonight to her readiness counts; None: there is none."""
    held = holdings.fact("plyometric_signoff", participant)
    at = None if held is None else held.value.get("locked_from")
    return None if at is None else run.active_ms(parse_utc_ms(at))


def view_substitutions(holdings: Holdings, participant: str) -> dict[str, dict[str, Any]]:
    """By the station's exercise what holds after everything that was decided."""
    last = {station: made[-1] for station, made in _list_made(holdings, participant).items()}
    return {
        station: {**one.value, "event": one.event.id, "actor": one.event.actor}
        for station, one in last.items()
    }


def _list_made(holdings: Holdings, participant: str) -> dict[str, list[Holding]]:
    made: dict[str, list[Holding]] = {}
    for held in holdings.of_kind("substitution"):
        whose, _, station = held.about.partition("/")
        if whose == participant:
            made.setdefault(station, []).append(held)
    return {
        station: sorted(own, key=lambda one: (parse_utc_ms(one.value["at"]), one.place))
        for station, own in made.items()
    }
