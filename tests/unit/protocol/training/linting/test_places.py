from protocol.training.linting.places import name_numbers, name_weeks, place_rows
from tests.unit.protocol.training.plans import as_printed


def test_rows_with_their_paths() -> None:
    places = [where for where, _ in place_rows(as_printed())]
    assert places[0] == "categories.core"
    assert "exercises.tandem-stance.rows[1]" in places
    assert len(places) == 5 + 5


def test_weeks_and_numbers_in_words() -> None:
    assert (name_weeks((3, 3)), name_weeks((3, 5))) == ("week 3", "weeks 3-5")
    assert name_numbers([1, 2, 3]) == "1, 2, 3"
