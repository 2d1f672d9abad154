"""`straps change`: what a person types, reads and is refused."""

from pathlib import Path

import pytest

from protocol.messages.roster import ConsentedStream, RosterStrap
from server.cli import main
from server.commands.straps_change import describe_change
from server.gateways.strap_changes import ChangedStrap

STRAP = "51ADA001"
BOTH = list(ConsentedStream)


@pytest.fixture
def data(tmp_path: Path) -> str:
    folder = str(tmp_path / "study")
    assert main(["init", "--data", folder]) == 0
    words = ["straps", "add", STRAP, "51ADA002", "--model", "h10", "--label", "07"]
    assert main([*words, "--data", folder]) == 0
    return folder


def _change(data: str, *words: str, reason: str = "she asked for it") -> int:
    return main(["straps", "change", *words, "--reason", reason, "--data", data])


def _refused(data: str, capsys: pytest.CaptureFixture[str], *words: str, **given: str) -> str:
    capsys.readouterr()
    with pytest.raises(SystemExit) as end:
        _change(data, *words, **given)
    told = capsys.readouterr()
    assert (end.value.code, told.out, told.err.count("\n")) == (2, "", 1)
    return told.err


def test_a_withdrawal_is_told_in_words(data: str, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert _change(data, "51ada001", "--streams", "none") == 0
    told = capsys.readouterr().out
    assert f"strap {STRAP}: records nothing (before: heart rate and movement)" in told
    assert "within 10 s" in told
    assert "what is in the archive stays there" in told


def test_the_same_change_again_changes_nothing(
    data: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for expected in ("records heart rate (before", "nothing was changed"):
        capsys.readouterr()
        assert _change(data, STRAP, "--streams", "heart_rate") == 0
        assert expected in capsys.readouterr().out


def test_label_and_streams_change_together(data: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert _change(data, STRAP, "--streams", "movement", "--label", "9") == 0
    told = capsys.readouterr().out
    assert f"strap {STRAP}: label 9 (before: 07)\n" in told
    assert "records movement (before: heart rate and movement)" in told


def test_a_label_that_was_taken_off_is_free_again(
    data: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "is on strap 51ADA001" in _refused(data, capsys, "51ADA002", "--label", "07")
    assert _change(data, STRAP, "--label", "none") == 0
    assert _change(data, "51ADA002", "--label", "07") == 0


def test_adding_a_changed_strap_anew_names_the_way(
    data: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _change(data, STRAP, "--streams", "none") == 0
    capsys.readouterr()
    with pytest.raises(SystemExit):
        main(["straps", "add", STRAP, "--model", "h10", "--label", "07", "--data", data])
    told = capsys.readouterr().err
    assert "streams 'none'; nothing was changed" in told
    assert f"straps change {STRAP}" in told


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ([STRAP], "say what to change: --streams, --label or both"),
        ([STRAP, "--streams", "ecg"], "choose from: heart_rate, movement"),
        ([STRAP, "--streams", ""], "choose from: heart_rate, movement"),
        ([STRAP, "--streams", "none,heart_rate"], "choose from: heart_rate, movement"),
        ([STRAP, "--label", "7" * 17], "a label has 1 to 16"),
        (["51ADA009", "--streams", "none"], "no strap has the serial 51ADA009"),
        (["=1+1", "--streams", "none"], "not a strap serial"),
    ],
)
def test_mistakes_are_one_sentence(
    data: str, capsys: pytest.CaptureFixture[str], words: list[str], sentence: str
) -> None:
    assert sentence in _refused(data, capsys, *words)


@pytest.mark.parametrize("reason", ["", "   ", "a\nb", "x" * 501])
def test_a_change_needs_a_reason(
    data: str, capsys: pytest.CaptureFixture[str], reason: str
) -> None:
    told = _refused(data, capsys, STRAP, "--streams", "none", reason=reason)
    assert "--reason has 1 to 500 printable characters" in told
    assert _change(data, STRAP, "--streams", "heart_rate,movement") == 0
    assert "nothing was changed" in capsys.readouterr().out


def test_what_did_not_change_is_not_told() -> None:
    before = RosterStrap(STRAP, "h10", "07", BOTH)
    relabelled = RosterStrap(STRAP, "h10", None, BOTH)
    told = describe_change(ChangedStrap(before, relabelled))
    assert told == f"strap {STRAP}: label none (before: 07)\n"
