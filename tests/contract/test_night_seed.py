"""A night's seed: new where nobody names one, the same again where somebody does, and printed."""

import re
from types import SimpleNamespace
from typing import cast

import pytest

from tests import conftest
from tests.night_seed import read_night_seed


def _header(marks: str) -> str | None:
    config = SimpleNamespace(option=SimpleNamespace(markexpr=marks))
    return conftest.pytest_report_header(cast("pytest.Config", config))


def test_without_a_name_each_night_has_another_seed() -> None:
    assert read_night_seed({}) != read_night_seed({})


def test_a_seed_that_was_printed_is_the_same_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NIGHT_SEED")
    conftest.pytest_configure()
    told = _header("nightly or faults")
    assert told
    found = re.fullmatch(r"the night's seed is (\d+); again: NIGHT_SEED=\1 make nightly", told)
    assert found
    monkeypatch.setenv("NIGHT_SEED", found[1])
    conftest.pytest_configure()
    assert _header("nightly or faults") == told
    assert read_night_seed({"NIGHT_SEED": found[1]}) == int(found[1])


def test_by_day_no_seed_is_told() -> None:
    assert _header("not bench and not nightly") is None


@pytest.mark.parametrize("said", ["", "seven", "-1", "²"])
def test_a_seed_that_is_no_number_is_refused_with_a_sentence(said: str) -> None:
    with pytest.raises(pytest.UsageError, match="give the number that a night printed"):
        read_night_seed({"NIGHT_SEED": said})
