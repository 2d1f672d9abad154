import pytest

from server.safety.limits import SafetyLimits
from server.web.limits_form import MAX_TEXT, Trouble, read_limits_form

CODES = ("P01", "P07")
TEXTS = {"qualification": "neurologist", "reason": "stress test", "password": "x"}


def read(**fields: str) -> tuple[SafetyLimits, dict[str, Trouble]]:
    form = read_limits_form({**TEXTS, **fields}, CODES)
    return form.limits, dict(form.troubles)


def test_what_is_typed_are_the_limits_and_what_is_empty_is_none() -> None:
    limits, troubles = read(hr_ceiling_bpm=" 150 ", rpe_alert="14", rpe_hold="", own_P07="130")
    assert limits == SafetyLimits(150, 14, None, {"P07": 130})
    assert troubles == {}


def test_digits_of_other_scripts_are_digits() -> None:
    limits, troubles = read(hr_ceiling_bpm="\u06f1\u06f5\u06f0")
    assert (limits.hr_ceiling_bpm, troubles) == (150, {})


@pytest.mark.parametrize("field", ["hr_ceiling_bpm", "own_P01"])
@pytest.mark.parametrize("typed", ["20", "29", "251", "400", "15O", "-150", "150.5", "1" * 5000])
def test_a_heart_rate_that_is_none_is_told_at_its_field(field: str, typed: str) -> None:
    assert read(rpe_hold="16", **{field: typed})[1] == {field: Trouble.HEART_RATE}


@pytest.mark.parametrize("field", ["rpe_alert", "rpe_hold"])
@pytest.mark.parametrize("typed", ["5", "21", "12.5", "hard"])
def test_an_effort_that_is_none_is_told_at_its_field(field: str, typed: str) -> None:
    assert read(hr_ceiling_bpm="150", **{field: typed})[1] == {field: Trouble.EFFORT}


@pytest.mark.parametrize("typed", ["30", "250"])
def test_the_least_and_the_greatest_are_allowed(typed: str) -> None:
    assert read(hr_ceiling_bpm=typed)[1] == {}
    assert read(rpe_alert="6", rpe_hold="20")[1] == {}


def test_nobody_is_held_before_anybody_is_asked_to_look() -> None:
    assert read(rpe_alert="16", rpe_hold="15")[1] == {"rpe_alert": Trouble.ORDER}
    assert read(rpe_alert="15", rpe_hold="15")[1] == {}


def test_no_limit_at_all_is_nothing_to_sign() -> None:
    assert read()[1] == {"hr_ceiling_bpm": Trouble.NO_LIMIT}


@pytest.mark.parametrize("field", sorted(TEXTS))
@pytest.mark.parametrize(
    ("typed", "trouble"),
    [
        ("", Trouble.EMPTY),
        ("  ", Trouble.EMPTY),
        ("x" * (MAX_TEXT + 1), Trouble.LONG),
        ("a\0b", Trouble.UNREADABLE),
    ],
)
def test_a_text_is_a_text(field: str, typed: str, trouble: Trouble) -> None:
    assert read(hr_ceiling_bpm="150", **{field: typed})[1] == {field: trouble}


def test_everything_that_is_wrong_is_told_at_once() -> None:
    troubles = read(hr_ceiling_bpm="20", rpe_hold="21", reason="")[1]
    assert troubles == {
        "hr_ceiling_bpm": Trouble.HEART_RATE, "rpe_hold": Trouble.EFFORT, "reason": Trouble.EMPTY,
    }  # fmt: skip
