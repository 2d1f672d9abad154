"""`straps add`: one strap, or several whose labels count up."""

from pathlib import Path

import pytest

from server.cli import main

NOT_COLLECTED = "movement is agreed to, but not collected from this model"


@pytest.fixture
def data(tmp_path: Path) -> str:
    folder = str(tmp_path / "study")
    assert main(["init", "--data", folder]) == 0
    return folder


def _add(data: str, *words: str) -> int:
    return main(["straps", "add", *words, "--model", "h10", "--data", data])


def test_several_straps_get_labels_that_count_up(
    data: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _add(data, "51ADA009", "51ada00a", "--label", "09") == 0
    told = capsys.readouterr().out
    assert "strap 51ADA009 (h10) is on the roster; records heart rate and movement" in told
    assert "strap 51ADA00A" in told
    assert _add(data, "51ADA00A", "--label", "10") == 0  # stands there with just this label
    assert "already" in capsys.readouterr().out


def test_labels_of_several_must_be_numbers(data: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        _add(data, "51ADA001", "51ADA002", "--label", "red")
    assert end.value.code == 2
    assert "must be a number to count from" in capsys.readouterr().err


def test_one_strap_may_have_any_label(data: str) -> None:
    assert _add(data, "51ADA001", "--label", "red") == 0


def test_several_straps_are_added_all_or_none(
    data: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _add(data, "51ADA001", "--label", "02") == 0
    for words, told in (
        (("51ADA002", "51ADA003", "--label", "01"), "label '02' is on strap 51ADA001 already"),
        (("51ADA002", "51ada002"), "51ADA002 is given twice"),
    ):
        with pytest.raises(SystemExit):
            _add(data, *words)
        assert told in capsys.readouterr().err
    assert _add(data, "51ADA002") == 0
    assert "already" not in capsys.readouterr().out


@pytest.mark.parametrize("model", ["generic", "movesense"])
@pytest.mark.parametrize(
    ("streams", "told"),
    [
        ("heart_rate,movement", f"heart rate; {NOT_COLLECTED}"),
        ("heart_rate", "heart rate"),
        ("movement", f"nothing; {NOT_COLLECTED}"),
    ],
)
def test_only_what_is_collected_from_a_model_is_called_recorded(
    model: str, streams: str, told: str, data: str, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    words = ["straps", "add", "ABC123", "--model", model, "--streams", streams]
    assert main([*words, "--data", data]) == 0
    expected = f"strap ABC123 ({model}) is on the roster; records {told}\n"
    assert capsys.readouterr().out == expected
