from protocol.training.linting.stations import (
    find_bands_not_needed,
    find_stations_without_words,
)
from tests.unit.protocol.training.plans import as_printed, change_exercise


def test_a_card_that_says_nothing() -> None:
    plan = change_exercise(as_printed(), "pelvic-tilt", cue=" ", movements=())
    assert [(one.where, one.message) for one in find_stations_without_words(plan)] == [
        ("exercises.pelvic-tilt", "its card would say nothing: no cue and no movements")
    ]
    assert list(find_stations_without_words(as_printed())) == []


def test_a_band_that_nobody_lays_out() -> None:
    plan = change_exercise(as_printed(), "hip-flexion-band", needs=("bar",))
    assert [one.code for one in find_bands_not_needed(plan)] == ["band_not_laid_out"]
    assert list(find_bands_not_needed(as_printed())) == []
