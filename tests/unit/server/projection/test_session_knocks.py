"""The sync moment of a session against simulated truth: measured, kept, never applied."""

import numpy as np
import pytest
from numpy.typing import NDArray

from protocol.ledger.event import LedgerEvent
from protocol.ledger.instants import parse_utc_ms
from server.decoding.clocks.sync_moment import align
from server.decoding.clocks.timed import TimedAcceleration
from server.dose.written.evening import fold_evening
from server.projection.boots import Stretch
from server.projection.session_knocks import (
    NO_MOVEMENT,
    NOBODY_KNOCKED,
    FeltKnocks,
    ListeningPlan,
    feel_knocks,
    measure_syncs,
    plan_listening,
)
from server.projection.strap_clocks import describe_clocks
from server.projection.strap_stream import StrapStream
from server.sessions.domain.coverage import Worn
from tests.ledger_entries import Tablet, minute, started
from tests.unit.server.decoding.clocks.test_sync_moment import (
    KNOCKED_S,
    LEAST_MS,
    UTC_NS,
    errors_ms,
    hear,
    hear_together,
    knock,
)

NS_PER_S, NS_PER_MS = 1_000_000_000, 1_000_000
WHOLE = Stretch(UTC_NS, UTC_NS + 60 * NS_PER_S)
FOUND = ListeningPlan((None,), (WHOLE,))


def stream(strap: str, movement: TimedAcceleration, gateway: str = "gym") -> StrapStream:
    clocks = describe_clocks(gateway, strap, movement)
    return StrapStream(gateway, strap, (), movement, (), clocks, 0)


def feel(straps: dict[str, TimedAcceleration], plan: ListeningPlan = FOUND) -> list[FeltKnocks]:
    return [feel_knocks(stream(strap, timed), plan.stretches) for strap, timed in straps.items()]


def p95_apart_ms(late_ms: list[NDArray[np.float64]]) -> float:
    n = min(map(len, late_ms))
    return float(np.percentile(np.ptp([one[:n] for one in late_ms], axis=0), 95))


@pytest.mark.parametrize("seed", range(2))
def test_the_kept_offsets_put_straps_within_50_ms_of_each_other(seed: int) -> None:
    """Drift within 50 ppm, rates within 1 %, bursts; links whose least delay is 5 to 120 ms."""
    heard = hear_together(seed, 200)
    timed = {strap: one.time() for strap, one in heard.items()}
    (sync,) = measure_syncs(FOUND, feel(timed))
    assert sync.missing is None
    assert sync.offsets_ms.keys() == timed.keys()
    assert sync.is_one_shock
    assert sync.spread_ms == pytest.approx(max(LEAST_MS) - min(LEAST_MS), abs=10)
    as_stored = [errors_ms(heard[strap], one) for strap, one in timed.items()]
    assert p95_apart_ms(as_stored) > 100  # nothing is shifted by measuring
    aligned = [errors_ms(heard[strap], align(one, sync.offsets_ms[strap]))
               for strap, one in timed.items()]  # fmt: skip
    assert p95_apart_ms(aligned) <= 50


def test_hands_that_are_not_together_are_told_by_their_rhythm() -> None:
    straps = {
        "A": hear(1, 5, [knock(KNOCKED_S, pause_s=0.40)]).time(),
        "B": hear(2, 5, [knock(KNOCKED_S + 0.05, pause_s=0.44)]).time(),
    }
    (sync,) = measure_syncs(FOUND, feel(straps))
    assert sync.missing is None
    # By hand: pauses of 400 and 440 ms lie 0, 40 and 80 ms apart: 20 each side of their mean.
    assert sync.rhythm_ms == pytest.approx(20, abs=4)
    assert not sync.is_one_shock


def test_nobody_knocked_or_nothing_came_is_a_reason() -> None:
    quiet = {"A": hear(1, 5, []).time(), "B": hear(2, 5, []).time()}
    assert [one.missing for one in measure_syncs(FOUND, feel(quiet))] == [NOBODY_KNOCKED]
    assert [one.missing for one in measure_syncs(FOUND, [])] == [NO_MOVEMENT]
    alone = {"A": hear(1, 5, [knock(KNOCKED_S)]).time(), "B": hear(2, 5, []).time()}
    assert [one.missing for one in measure_syncs(FOUND, feel(alone))] == ["too_few_straps"]
    later = Stretch(WHOLE.until_utc_ns, WHOLE.until_utc_ns + NS_PER_S)
    plan = ListeningPlan((None,), (later,))
    assert [one.missing for one in measure_syncs(plan, feel(quiet, plan))] == [NO_MOVEMENT]


def test_of_two_gateways_the_one_that_heard_more_counts() -> None:
    one, other = hear(1, 5, [knock(KNOCKED_S)]), hear(2, 60, [knock(KNOCKED_S)])
    far = one.time()
    one.records = one.records[::2]  # half of its frames
    felt = [
        feel_knocks(stream("A", one.time(), "near"), (WHOLE,)),
        feel_knocks(stream("A", far, "far"), (WHOLE,)),
        feel_knocks(stream("B", other.time(), "near"), (WHOLE,)),
    ]
    (sync,) = measure_syncs(FOUND, felt)
    assert sync.offsets_ms.keys() == {"A", "B"}


def fold(*events: LedgerEvent) -> ListeningPlan:
    worn = [Worn("P01", "A", parse_utc_ms(minute(3)), parse_utc_ms(minute(60)))]
    return plan_listening(fold_evening(events, minute(60)), worn)


def test_it_listens_around_each_entry_else_from_the_first_strap_to_the_circuit() -> None:
    hand = Tablet()
    clock = hand.write("clock_started", "clock", started(minute(15), ["squat"], {}), minute(15))
    assert fold() == ListeningPlan((), ())  # no circuit: nobody says where the start ends
    assert fold(clock) == ListeningPlan((None,), (stretch(3, 15),))
    entry = hand.write("sync_moment", "session", {"heard": []}, minute(12))
    at_ms = parse_utc_ms(minute(12))
    assert fold(clock, entry) == ListeningPlan((at_ms,), (stretch(11.75, 12 + 5 / 60),))


def stretch(from_minute: float, until_minute: float) -> Stretch:
    from_ms, until_ms = (parse_utc_ms(minute(one)) for one in (from_minute, until_minute))
    return Stretch(from_ms * NS_PER_MS, until_ms * NS_PER_MS)
