"""`doseline-sim rehearse`: mistakes of a user end before anything starts."""

import argparse
from pathlib import Path

import pytest

from firmware_sim.cli import main
from firmware_sim.commands import rehearse
from firmware_sim.errors import SimulatorError
from firmware_sim.scenario.scenario import load_scenario


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        pytest.param(["--straps", "0"], "--straps 0: it must be 1 to 512 straps", id="no straps"),
        pytest.param(["--seconds", "0"], "from 1 to 86400", id="no time"),
        pytest.param(["--seconds", "nan"], "from 1 to 86400", id="not a time"),
        pytest.param(["--seconds", "abc"], "'abc' can't be used", id="not a number"),
        pytest.param(["--model", "foo"], "there is no simulated 'foo'", id="no model"),
        pytest.param(
            ["--faults", "faults", "--straps", "3"],
            "troubles strap 11, but there are only 3; raise --straps",
            id="too few straps",
        ),
        pytest.param(
            ["--faults", "faults", "--seconds", "46.5"],
            "fault 17 ends at 47 s, after the rehearsal; use --seconds 52",
            id="too short",
        ),
        pytest.param(["--faults", "nonsense"], "there is no scenario 'nonsense'", id="no scenario"),
        pytest.param(["--replay", "nowhere.json"], "nowhere.json", id="no recording"),
    ],
)
def test_wrong_usage_ends_with_2_and_a_sentence(
    words: list[str], sentence: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        main(["rehearse", "--out", str(tmp_path / "out"), *words])
    assert end.value.code == 2
    assert sentence in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_scenario_says_which_straps_unless_the_person_does(tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text('count = 3\nmodel = "verity"\nseed = 5\n[[fault]]\nkind = "drop"\nat_s = 2\n')
    assert _plan(mine) == (3, "verity", 5)
    assert _plan(mine, "--straps", "4", "--model", "h10", "--seed", "0") == (4, "h10", 0)


def test_the_time_to_start_again_counts(tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text('[[fault]]\nkind = "kill_server"\nat_s = 58\nrestart_after_s = 4\n')
    with pytest.raises(SimulatorError, match="fault 1 ends at 62 s.*--seconds 67"):
        _plan(mine)
    _plan(mine, "--seconds", "62")


def _plan(scenario: Path, *words: str) -> tuple[int, str, int]:
    parser = argparse.ArgumentParser()
    rehearse.add_arguments(parser)
    arguments = parser.parse_args(["--out", "x", "--faults", str(scenario), *words])
    plan = rehearse._read_plan(arguments, load_scenario(str(scenario)))
    return plan.n_straps, plan.model, plan.seed


def test_a_folder_with_something_in_it_is_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(SystemExit) as end:
        main(["rehearse", "--out", str(tmp_path)])
    assert end.value.code == 2
    assert "is not empty" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_file_is_no_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "out").write_text("")
    with pytest.raises(SystemExit) as end:
        main(["rehearse", "--out", str(tmp_path / "out")])
    assert end.value.code == 2
    assert "can't be made" in capsys.readouterr().err
