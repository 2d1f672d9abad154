"""`doseline-sim rehearse`: mistakes of a user end before anything starts."""

from pathlib import Path

import pytest

from firmware_sim.cli import main


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        pytest.param(["--straps", "0"], "from 1 to 512 straps", id="no straps"),
        pytest.param(["--seconds", "0"], "from 1 to 86400 seconds", id="no time"),
        pytest.param(["--seconds", "nan"], "from 1 to 86400 seconds", id="not a time"),
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
