from server.sessions.domain.fold import fold_session
from tests.ledger_entries import Tablet, adverse, minute

FALL = "01999999-0000-7000-8000-0000000000f1"


def _followup(**said: object) -> dict[str, object]:
    return {"outcome": None, "settled_at": None, "serious": None, "text": None, **said}


def test_the_newest_word_on_each_question_counts_and_all_words_stay() -> None:
    tablet = Tablet()
    events = [
        tablet.write("adverse_event", FALL, adverse("P01"), minute(20)),
        tablet.write("adverse_event_followup", FALL, _followup(outcome="resting"), minute(21)),
        tablet.write("adverse_event_followup", FALL, _followup(serious=False), minute(22)),
        tablet.write(
            "adverse_event_followup",
            FALL,
            _followup(outcome="went_home", settled_at=minute(40)),
            minute(41),
        ),
    ]
    found = fold_session(events, minute(50))["events"][FALL]
    assert (found["at"], found["actor"], found["what"]) == (minute(20), "sara", "near_fall")
    told = (found["outcome"], found["serious"], found["settled_at"])
    assert told == ("went_home", False, minute(40))
    assert [one["outcome"] for one in found["followups"]] == ["resting", None, "went_home"]


def test_a_follow_up_that_came_before_its_event_waits_for_it() -> None:
    tablet = Tablet()
    fall = tablet.write("adverse_event", FALL, adverse("P01"), minute(20))
    after = tablet.write("adverse_event_followup", FALL, _followup(serious=True), minute(21))
    assert fold_session([after], minute(50))["events"] == {}
    assert fold_session([after, fall], minute(50))["events"][FALL]["serious"] is True
