"""What dose takes from a session's entries beside the fold."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from protocol.ledger.event import LedgerEvent
from server.dose.written.evening import fold_evening
from server.sessions.domain.fold import fold_session
from tests.ledger_entries import held, minute
from tests.ledger_stories import evenings
from tests.unit.server.dose.written.evenings import BAND, SQUAT, Evening, whole_evening


def test_every_set_of_the_circuit_has_its_seconds_in_the_circuit_s_order() -> None:
    evening = whole_evening()
    evening.add("clock_extended", "clock", {"at": minute(10.5), "segment": 0, "seconds": 15}, 10.5)
    assert evening.fold().list_work_s("P01") == {
        f"{SQUAT}/1": 75, f"{BAND}/1": 60, f"{SQUAT}/2": 60, f"{BAND}/2": 60,
        f"{SQUAT}/3": 60, f"{BAND}/3": 60,
    }  # fmt: skip


def test_a_hold_of_the_clock_is_no_work() -> None:
    evening = whole_evening()
    evening.add("clock_held", "clock", held(minute(10.5)), 10.5)
    evening.add("clock_resumed", "clock", {"at": minute(12.5)}, 12.5)
    assert evening.fold().list_work_s("P01")[f"{SQUAT}/1"] == 60


def test_what_is_said_of_the_clock_after_the_end_changes_nothing() -> None:
    early = Evening()
    early.start()
    early.close(13.5)
    early.add("clock_cut", "clock", {"at": minute(14), "rounds": 1}, 14)
    assert early.fold().list_work_s("P01")[f"{SQUAT}/3"] == 60


def test_the_warm_up_begins_with_its_phase() -> None:
    evening = whole_evening()
    assert evening.fold().began_ms is None
    evening.add("phase_entered", "session", {"phase": "warmup"}, 2)
    began_ms = evening.fold().began_ms
    assert began_ms is not None
    assert began_ms == evening.fold().comings["P01"][0].at_ms + 60_000


@given(evenings(), st.randoms(use_true_random=False))
@settings(deadline=None)
def test_the_order_of_entries_does_not_matter_and_the_fold_is_the_session_s(
    events: list[LedgerEvent], chance: random.Random
) -> None:
    shuffled = list(events)
    chance.shuffle(shuffled)
    told = fold_evening(events, minute(35))
    assert fold_evening(shuffled, minute(35)) == told
    assert told.state == fold_session(events, minute(35))
