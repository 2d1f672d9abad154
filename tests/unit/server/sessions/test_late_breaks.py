"""Which breaks of participants came when nobody could mind them any more."""

import pytest

from server.sessions.appending import Outcome, Result
from server.sessions.late_breaks import list_late
from server.sessions.own_entries import Herself
from tests.ledger_entries import Tablet, minute

HERS = {"participant.p07": Herself("P07")}
TRAINERS = {"sara": "trainer"}


@pytest.mark.parametrize(
    ("came_at", "is_late"), [(0.0, False), (2.0, False), (2.01, True), (300.0, True), (-9.0, False)]
)
def test_two_minutes_are_in_time(came_at: float, *, is_late: bool) -> None:
    held = Tablet(actor="participant.p07").write(
        "person_held", "P07", {"at": minute(0), "why": None}
    )
    new = [Outcome(held.id, Result.NEW, 1)]
    assert (list_late([held], new, HERS, minute(came_at)) == [held]) is is_late


def test_what_is_known_was_judged_when_it_came() -> None:
    held = Tablet(actor="participant.p07").write(
        "person_held", "P07", {"at": minute(0), "why": None}
    )
    known = [Outcome(held.id, Result.KNOWN, 1)]
    assert list_late([held], known, HERS, minute(300)) == []


def test_a_trainers_hold_is_never_late() -> None:
    held = Tablet(actor="sara").write("person_held", "P07", {"at": minute(0), "why": "heat"})
    new = [Outcome(held.id, Result.NEW, 1)]
    assert list_late([held], new, TRAINERS, minute(300)) == []
