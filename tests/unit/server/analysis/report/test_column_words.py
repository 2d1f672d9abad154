"""Columns as people read them; what isn't the study's own keeps its name."""

import pytest

from server.analysis.report.column_words import name_column, name_outcome, tell_dose


@pytest.mark.parametrize(
    ("column", "words"),
    [
        ("bdnf_pre", "BDNF before"),
        ("gdnf_post", "GDNF after"),
        ("height_cm", "Height (cm)"),
        ("bdnf", "bdnf"),
        ("irisin_post", "irisin_post"),
    ],
)
def test_a_column_of_the_study_is_told_in_words(column: str, words: str) -> None:
    assert name_column(column) == words


@pytest.mark.parametrize(("name", "words"), [("bdnf", "BDNF"), ("irisin", "irisin"), (None, "–")])
def test_an_outcome_has_its_label(name: str | None, words: str) -> None:
    assert name_outcome(name) == words


def test_a_dose_keeps_the_name_that_the_dataset_has_and_says_what_it_is() -> None:
    told = tell_dose("srpe_load_au")
    assert told.startswith("srpe_load_au: ")
    assert "Foster" in told
    assert tell_dose("steps") == "steps"
