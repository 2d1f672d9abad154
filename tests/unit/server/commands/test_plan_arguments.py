from pathlib import Path

import pytest

from protocol.errors import PlanError
from protocol.training.shipped import read_shipped_text
from server.commands.plan_arguments import fetch_plan, fetch_plan_to_lint, read_plan_text


def test_a_name_that_ships_wins_over_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("tailored").write_text("", encoding="utf-8")
    assert read_plan_text("tailored") == read_shipped_text("tailored")
    assert read_plan_text("./tailored") == ""


def test_a_broken_plan_can_be_linted_and_not_used(tmp_path: Path) -> None:
    file = tmp_path / "plan.toml"
    text = read_shipped_text("eight_week").replace("rounds = 3", "rounds = 0")
    file.write_text(text, encoding="utf-8")
    assert fetch_plan_to_lint(str(file)).session.rounds == 0
    with pytest.raises(PlanError, match=r"plan\.toml: line \d+, session\.rounds: is 0"):
        fetch_plan(str(file))


def test_a_plan_of_a_study_extends_a_shipped_one(tmp_path: Path) -> None:
    file = tmp_path / "ours.toml"
    file.write_text('extends = "tailored"\nid = "ours"\n', encoding="utf-8")
    assert fetch_plan(str(file)).id == "ours"
