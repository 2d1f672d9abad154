"""Whole scenarios: those that ship, and those a person writes."""

from pathlib import Path

import pytest

from firmware_sim.errors import ScenarioError
from firmware_sim.scenario.faults import FaultKind
from firmware_sim.scenario.scenario import library_names, load_scenario, parse_scenario


def test_the_library() -> None:
    assert set(library_names()) >= {"circuit", "faults"}
    assert load_scenario("circuit").faults == ()


def test_the_faults_fit_into_sixty_seconds_with_fifteen_straps() -> None:
    faults = load_scenario("faults").faults
    assert {fault.kind for fault in faults} >= set(FaultKind) - {
        FaultKind.KILL_STRAPS,  # takes every strap's clock with it: a scenario of its own
        FaultKind.POD_OFF,  # needs 45 s to show
        FaultKind.KNOCKS,  # a sign of a woman who sits, and here they train
    }
    assert all(fault.ends_s <= 50 for fault in faults)
    assert all((fault.strap_index or 0) < 15 for fault in faults)


def test_a_file_of_ones_own(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(
        'title = "Mine"\ncount = 3\nmodel = "h10"\nseed = 5\nstarts_at_min = 0\ntime_factor = 60\n'
        '[[fault]]\nkind = "drop"\nat_s = 2\nstrap = 3\n'
    )
    scenario = load_scenario(str(path))
    assert (scenario.title, scenario.count, scenario.model, scenario.seed) == ("Mine", 3, "h10", 5)
    assert (scenario.starts_at_min, scenario.time_factor) == (0.0, 60.0)
    assert scenario.faults[0].strap_index == 2


def test_without_a_title_it_is_called_like_its_file(tmp_path: Path) -> None:
    path = tmp_path / "friday.toml"
    path.write_text("count = 3\n")
    assert load_scenario(str(path)).title == "friday"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("title = = 3", "scenario x is not TOML: .*line 1"),
        ("title = 3", "title is 3"),
        ('title = "a"\ncount = 0', "count is 0"),
        ('title = "a"\nspeed = 2', "unknown field speed"),
        ('title = "a"\nfault = 3', r"\[\[fault\]\]"),
        ('title = "a"\n[[fault]]\nat_s = 1', "fault 1: kind is missing"),
        (
            'title = "a"\ncount = 2\n[[fault]]\nkind = "drop"\nat_s = 1\nstrap = 3',
            "fault 1: there is no strap 3 among 2",
        ),
    ],
)
def test_each_mistake_is_told(text: str, told: str) -> None:
    with pytest.raises(ScenarioError, match=told):
        parse_scenario(text, "x")


def test_a_name_nobody_knows(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match=r"no scenario 'fautls'.*circuit, faults"):
        load_scenario("fautls")
    with pytest.raises(ScenarioError, match="can't be read"):
        load_scenario(str(tmp_path))
    binary = tmp_path / "binary.toml"
    binary.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ScenarioError, match="can't be read"):
        load_scenario(str(binary))
