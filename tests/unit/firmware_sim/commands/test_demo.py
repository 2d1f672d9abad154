"""`doseline-sim demo`: its words, and mistakes of a user before anything starts."""

import socket
from dataclasses import replace
from pathlib import Path

import pytest

from firmware_sim.cli import main
from firmware_sim.commands.demo import describe, show
from firmware_sim.rehearsal.demo_session import DemoFacts
from firmware_sim.rehearsal.trainer import Trainer

FACTS = DemoFacts(
    "http://127.0.0.1:8000/live",
    "http://127.0.0.1:8000/tablet/",
    Trainer("sara", "271828"),
    "http://127.0.0.1:9/",
    Path("/d"),
    15,
    13,
    3.21,
    5.0,
)


def _refusal(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    with pytest.raises(SystemExit) as end:
        main(["demo", "--no-browser", *words])
    assert end.value.code == 2
    return capsys.readouterr().err


def test_it_says_what_runs_where_to_look_and_that_all_is_simulated() -> None:
    text = describe(FACTS, None)
    for words in (
        "SIMULATED",
        FACTS.live_page,
        FACTS.tablet_page,
        FACTS.gateway_page,
        "/d",
        "Ctrl-C",
        "3.2 s",
    ):
        assert words in text
    assert "sign in there as       sara, PIN 271828" in text
    assert "The 13 sessions before tonight's are made up as well" in text
    assert "before tonight" not in describe(replace(FACTS, n_played=0), None)
    assert "by itself after 8 s" in describe(FACTS, 8.0)


def test_a_port_that_is_taken_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        error = _refusal(capsys, "--port", port, "--data", str(tmp_path))
    assert f"port {port} can't be used (another program has it)" in error
    assert "--port 0" in error
    assert list(tmp_path.iterdir()) == []


def test_a_folder_of_something_else_is_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    (tmp_path / "logs").mkdir()  # many programs have that
    assert "holds something that is no demo" in _refusal(capsys, "--data", str(tmp_path))


def test_a_port_that_cannot_be_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert "from 1 to 65535, or 0 for any free one" in _refusal(capsys, "--port", "65536")


def test_seconds_that_are_no_number_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert "'abc' can't be used" in _refusal(capsys, "--seconds", "abc")


@pytest.mark.parametrize("answer", [True, False, OSError("no such program")])
def test_a_browser_that_does_not_open_is_told(
    answer: bool | Exception, capsys: pytest.CaptureFixture[str]
) -> None:
    def open_page(_: str) -> bool:
        if isinstance(answer, Exception):
            raise answer
        return answer

    show("http://127.0.0.1:8000/live", open_page)
    told = "open http://127.0.0.1:8000/live in one yourself" in capsys.readouterr().out
    assert told == (answer is not True)


def test_too_many_straps_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert "from 1 to 512" in _refusal(capsys, "--straps", "513")
