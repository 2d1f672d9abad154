import io
import json
from typing import Any

import pytest

from gateway.cli import main


class Stdin:
    """Standard input as the command reads it: bytes, line by line."""

    def __init__(self, content: bytes) -> None:
        self.buffer = io.BytesIO(content)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    def run(*argv: str, stdin: bytes = b"") -> tuple[int | str | None, list[Any], str]:
        monkeypatch.setattr("sys.stdin", Stdin(stdin))
        try:
            code: int | str | None = main(["decode", *argv])
        except SystemExit as stopped:
            code = stopped.code
        out, err = capsys.readouterr()
        return code, [json.loads(line) for line in out.splitlines()], err

    return run


def test_each_argument_is_a_value_and_a_line(run: Any) -> None:
    code, told, err = run("--service", "battery", "64", "2a", stdin=b"00")
    assert (code, [value["percent"] for value in told], err) == (0, [100, 42], "")


def test_lines_of_standard_input_may_have_blanks_and_separators(run: Any) -> None:
    code, told, err = run("--service", "hrs", stdin=b"\n10 4a\t41:03\r\n   \n10:4A:41:03\n")
    assert (code, err) == (0, "")
    assert [value["rr_ticks"] for value in told] == [[833], [833]]


def test_nothing_in_nothing_out(run: Any) -> None:
    assert run("--service", "hrs") == (0, [], "")


def test_one_malformed_value_makes_it_1_and_the_others_are_still_told(run: Any) -> None:
    code, told, err = run("--service", "battery", "64", "65", "")
    assert (code, err) == (1, "")
    assert [value["kind"] for value in told] == ["battery", "malformed", "malformed"]


@pytest.mark.parametrize("wrong", [b"6g", b"645", b"0x64", "64€".encode(), b"\xff\xfe"])
def test_what_isnt_hex_is_named_with_its_line_and_ends_it(run: Any, wrong: bytes) -> None:
    code, told, err = run("--service", "battery", stdin=b"64\n\n" + wrong + b"\n2a\n")
    assert (code, [value["percent"] for value in told]) == (2, [100])
    assert err.startswith("doseline-gateway decode: standard input, line 3: ")
    assert "is not hexadecimal; give two digits a byte" in err
    assert err.count("\n") == 1


def test_what_isnt_hex_is_named_with_its_place_among_the_arguments(run: Any) -> None:
    code, told, err = run("--service", "battery", "64", "zz")
    assert (code, len(told)) == (2, 1)
    assert "value 2: 'zz' is not hexadecimal" in err


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        (["--service", "hrs", "--factor", "1"], "--factor belongs to --service pmd, not hrs"),
        (["--service", "pmd", "--path", "/x"], "--path belongs to --service movesense, not pmd"),
        (["--service", "movesense", "--path", "garbage"], "--path 'garbage' has no known layout"),
        (["--service", "pmd", "--name", "x"], "--name belongs to --service advertisement"),
        (["--service", "pmd", "--factor", "nan"], "--factor nan is not above 0"),
        (["--service", "pmd", "--factor", "0"], "--factor 0.0 is not above 0"),
        (["--service", "pmd", "--factor", "1001"], "at most 1000"),
        (["--service", "pmd", "--factor", "much"], "invalid float value: 'much'"),
        (["--service", "rsc"], "invalid choice: 'rsc'"),
        ([], "--service"),
    ],
)
def test_wrong_usage_is_2_and_a_sentence(run: Any, argv: list[str], told: str) -> None:
    code, values, err = run(*argv)
    assert (code, values) == (2, [])
    assert told in err


def test_options_reach_their_service(run: Any) -> None:
    wire = "020000000000000000 80 040008000c00".replace(" ", "")
    assert run("--service", "pmd", "--factor", "0.25", wire)[1][0]["samples"] == [[1.0, 2.0, 3.0]]
    named = run("--service", "advertisement", "--name", "Polar H10 51ADA001", "6b00")[1][0]
    assert named["serial"] == "51ADA001"
    with_path = run("--service", "movesense", "--path", "/Meas/HR", "020100009042")[1][0]
    assert with_path["values"]["heart_rate"]["samples"] == [72.0]
