"""What she does instead of a station's exercise tonight, and since when."""

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


def find_substitute(
    changes: Sequence[SubstituteChange], segment: RunSegment
) -> dict[str, Any] | None:
    """The last one decided before the segment ended; for one that was cut, the last of all."""
    made = [one for one in changes if segment.is_cut or one.active_ms < segment.end_ms]
    return made[-1].instead if made else None


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
