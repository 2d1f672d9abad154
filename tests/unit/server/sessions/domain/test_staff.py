"""Who of the staff is there now: the ledger's last word about her."""

from server.sessions.domain.holding import hold_events
from server.sessions.domain.staff import view_staff
from tests.ledger_entries import Tablet, minute

ASSISTANT = {"duty": "assistant", "qualification": None, "missing_reason": "not_recorded"}


def test_whoever_left_has_a_time_until_she_is_back() -> None:
    hand = Tablet(actor="mina")
    came = hand.write("staff_present", "mina", ASSISTANT, minute(0))
    went = hand.write("staff_attendance", "mina", {"status": "left"}, minute(20))
    back = hand.write("staff_attendance", "mina", {"status": "back"}, minute(25))
    told = [view_staff(hold_events(some))["mina"]["left_at"]
            for some in ([came], [came, went], [came, went, back])]  # fmt: skip
    assert told == [None, minute(20), None]


def test_a_going_that_was_a_slip_is_none() -> None:
    hand = Tablet()
    came = hand.write("staff_present", "mina", ASSISTANT, minute(0))
    went = hand.write("staff_attendance", "mina", {"status": "left"}, minute(20))
    undone = hand.correct(went, None, minute(21))
    assert view_staff(hold_events([came, went, undone]))["mina"]["left_at"] is None


def test_whoever_goes_and_was_never_there_is_not_listed() -> None:
    went = Tablet().write("staff_attendance", "mina", {"status": "left"}, minute(20))
    assert view_staff(hold_events([went])) == {}
