"""Heart rates at baseline are those that dose goes by, and lie there only."""

from server.study.fields.field import Answer
from server.study.fields.missing import MissingReason
from server.study.heart_link import compose_heart, resolve_heart, tell_heart
from server.study.measured_heart import Formula, MeasuredHeart, Sex

TESTED = MeasuredHeart(64, Sex.FEMALE, max_bpm=178, vt1_bpm=120, vt2_bpm=150)
GUESSED = MeasuredHeart(64, Sex.FEMALE, age_years=36, formula=Formula.GULATI)
LINK = Answer(None, MissingReason.NOT_RECORDED, is_linked=True)


def said(answers: dict[str, Answer]) -> dict[str, object]:
    return {name: one.missing or one.value for name, one in answers.items()}


def test_what_a_heart_says() -> None:
    assert said(tell_heart(TESTED)) == {
        "hr_rest_bpm": 64.0,
        "hr_max_bpm": 178.0,
        "hr_max_source": "exercise_test",
    }
    assert said(tell_heart(GUESSED)) == {
        "hr_rest_bpm": 64.0,
        "hr_max_bpm": MissingReason.NOT_DONE,
        "hr_max_source": "gulati",
    }


def test_a_link_shows_the_newest_heart_and_nothing_of_one_that_is_not_there() -> None:
    linked = {"edss": Answer(2.0), "hr_rest_bpm": LINK}
    assert said(resolve_heart(linked, TESTED, with_unentered=False)) == {
        "edss": 2.0,
        "hr_rest_bpm": 64.0,
    }
    assert said(resolve_heart(linked, None, with_unentered=True)) == {"edss": 2.0}


def test_a_heart_that_nobody_entered_here_is_not_for_everybody() -> None:
    assert resolve_heart({}, TESTED, with_unentered=False) == {}
    assert said(resolve_heart({}, GUESSED, with_unentered=True)) == {
        "hr_rest_bpm": 64.0,
        "hr_max_source": "gulati",
    }


def test_a_reason_that_was_entered_stays() -> None:
    refused = {"hr_max_bpm": Answer.missing_for(MissingReason.REFUSED)}
    shown = resolve_heart(refused, TESTED, with_unentered=True)
    assert shown["hr_max_bpm"].missing is MissingReason.REFUSED


def test_answers_that_tell_of_a_whole_heart() -> None:
    rest, highest = {"hr_rest_bpm": Answer(62.0)}, {"hr_max_bpm": Answer(180.0)}
    assert compose_heart(rest, None) is None
    assert compose_heart(highest, None) is None
    assert compose_heart(rest | highest, None) == MeasuredHeart(62, Sex.FEMALE, max_bpm=180)
    known = compose_heart(rest | highest, TESTED)
    assert known is not None
    assert (known.vt1_bpm, known.vt2_bpm) == (120, 150)  # nobody took them back
    by_age = rest | {"hr_max_source": Answer("nes"), "age_y": Answer(36.0)}
    assert compose_heart(by_age, None) == MeasuredHeart(
        62, Sex.FEMALE, age_years=36, formula=Formula.NES
    )
    assert compose_heart(by_age | highest, None) is None  # measured or from a formula: not both
    male = rest | highest | {"sex": Answer("male")}
    assert compose_heart(male, TESTED) == MeasuredHeart(
        62, Sex.MALE, max_bpm=180, vt1_bpm=120, vt2_bpm=150
    )
