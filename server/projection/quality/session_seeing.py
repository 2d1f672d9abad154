"""From a session's fold, streams and clocks to what quality rules look at. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

from protocol.ledger.instants import parse_utc_ms
from server.decoding.clocks.frames import NS_PER_MS, NS_PER_S
from server.dose.written.evening import WrittenEvening
from server.projection.boots import RecordedRuns
from server.projection.person_streams import SessionStreams
from server.projection.quality.seen import (
    ClockSetting,
    Dispute,
    EveningSigns,
    SessionSeen,
    StrapClaim,
)
from server.projection.strap_state import list_fits

if TYPE_CHECKING:
    from server.projection.deriving import DerivedPerson


@dataclass(frozen=True, slots=True)
class LookedAt:
    """What rules of one session look at, and what rules of the course take from it."""

    seen: SessionSeen
    signs: EveningSigns


def see_session(
    session: str,
    evening: WrittenEvening,
    people: "Sequence[DerivedPerson]",
    streams: SessionStreams,
    runs: RecordedRuns,
) -> LookedAt:
    """Everything of one session."""
    seen = SessionSeen(
        session=session,
        people=[one.seen for one in people],
        fits=[fit for clocks in streams.clocks for fit in list_fits(clocks)],
        clock_settings=list(_list_settings(streams, runs)),
        claims=list(_list_claims(streams)),
        disputes=list(_list_disputes(evening.state)),
        n_undecodable=streams.n_undecodable,
        n_damaged=streams.n_damaged,
    )
    of = {one.dose.participant: one.signs for one in people}
    return LookedAt(seen, EveningSigns(session, _find_beginning_ms(evening), of))


def _find_beginning_ms(evening: WrittenEvening) -> int:
    """Of the circuit, else of the warm-up, else as planned; 0 where nobody said anything."""
    if evening.run is not None:
        return evening.run.started_ms
    planned = evening.state["session"]
    planned_ms = 0 if planned is None else parse_utc_ms(planned["planned_start"])
    return planned_ms if evening.began_ms is None else evening.began_ms


def _list_settings(streams: SessionStreams, runs: RecordedRuns) -> Iterator[ClockSetting]:
    """Those while any strap was worn."""
    worn = [one for own in streams.of.values() for one in own.worn]
    for gateway, clocks in sorted(runs.clocks.items()):
        for clock in clocks.values():
            for step in clock.wall_steps:
                at_ms = clock.place(step.monotonic_ns) // NS_PER_MS
                if any(one.from_ms <= at_ms < one.until_ms for one in worn):
                    yield ClockSetting(gateway, at_ms, step.step_ns / NS_PER_S)


def _list_claims(streams: SessionStreams) -> Iterator[StrapClaim]:
    """By the intervals that values are given to people by."""
    worn = [one for _, own in sorted(streams.of.items()) for one in own.worn]
    for one, other in combinations(worn, 2):
        is_shared = one.strap == other.strap and one.participant != other.participant
        if is_shared and one.from_ms < other.until_ms and other.from_ms < one.until_ms:
            pair = sorted((one.participant, other.participant))
            yield StrapClaim(one.strap, tuple(pair))


def _list_disputes(state: dict[str, Any]) -> Iterator[Dispute]:
    for one in state["conflicts"]:
        yield Dispute(one["kind"], one["about"], one["values"])
