"""What a participant enters herself: a table of its own, and nothing beside it."""

import pytest

from protocol.ledger.kinds import KINDS
from server.sessions.granting import find_ungranted, is_granted
from server.sessions.own_entries import OWN_KINDS, Herself, is_own_correction
from tests.ledger_entries import Tablet, held, minute
from tests.own_phone import own_effort

HERSELF = Herself("P07")
PHONE = Tablet(actor="participant.p07")
BREAK = PHONE.write("person_held", "P07", held(minute(1)))
EFFORT = PHONE.write("session_rpe", "P07", own_effort(13))


def test_she_enters_four_kinds() -> None:
    assert {"person_held", "session_rpe", "feeling", "readiness"} == OWN_KINDS
    assert set(KINDS) > OWN_KINDS
    assert is_granted(HERSELF, BREAK)
    assert is_granted(HERSELF, EFFORT)


def test_about_herself_alone() -> None:
    assert not is_granted(Herself("P08"), BREAK)
    assert not is_granted(None, BREAK)


def test_she_cannot_take_a_break_back_or_correct_it() -> None:
    """That she goes on is for a trainer to say."""
    assert not is_granted(HERSELF, PHONE.correct(BREAK, None))
    assert not is_granted(HERSELF, PHONE.correct(BREAK, held(minute(9))))
    assert not is_granted(HERSELF, PHONE.correct(EFFORT, None))


@pytest.mark.parametrize(("minutes", "granted"), [(0, True), (120, True), (121, False)])
def test_after_two_hours_it_is_not_given(minutes: int, granted: bool) -> None:  # noqa: FBT001
    late = PHONE.write("session_rpe", "P07", own_effort(13, minutes))
    assert is_granted(HERSELF, late) is granted


def test_a_rating_says_that_it_is_her_own() -> None:
    said = PHONE.write("session_rpe", "P07", {**own_effort(13), "source": "said"})
    assert not is_granted(HERSELF, said)
    (fault,) = find_ungranted([said], {"participant.p07": HERSELF}).values()
    assert fault.code == "not_granted"


def test_what_she_corrects_is_hers_or_an_effort_that_is_missing() -> None:
    again = PHONE.correct(EFFORT, own_effort(12))
    assert is_own_correction(again, EFFORT)
    assert not is_own_correction(again, None)
    sara = Tablet(actor="sara")
    not_asked = {**own_effort(None), "missing_reason": "not_asked"}
    assert is_own_correction(again, sara.write("session_rpe", "P07", not_asked))
    said = {**own_effort(15), "source": "said"}
    assert not is_own_correction(again, sara.write("session_rpe", "P07", said))
    assert not is_own_correction(again, sara.write("session_rpe", "P08", not_asked))
