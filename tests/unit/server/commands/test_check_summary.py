"""`check-summary` as researchers' scripts use it."""

import json
import math
from pathlib import Path
from typing import Any

import pytest

from server.cli import main

PROMISED = {"measure", "term", "claim", "verdict", "feasible", "implied", "explanation"}
# The input that the command promises to take, word for word.
TABLES = """\
n = { control = 15, training = 15 }
[[measure]]
name = "BDNF"
control = { pre = [227.77, 26.30], post = [223.07, 10.85] }     # mean, SD
training = { pre = [228.78, 60.46], post = [450.43, 24.31] }
[measure.reported]
time = { F = 107.861, eta2 = 0.79 }
group = { F = 5369.17, eta2 = 0.99 }
interaction = { F = 117.42, eta2 = 0.80 }
[[baseline]]
name = "age"
control = [37.1, 5.5]
training = [36.2, 5.8]
p = 0.81
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "tables.toml"
    path.write_text(TABLES, encoding="utf-8")
    return path


def _json(capsys: pytest.CaptureFixture[str], *words: str) -> list[dict[str, Any]]:
    assert main(["check-summary", *words, "--json"]) == 0
    out, err = capsys.readouterr()
    assert (err, out.count("\n")) == ("", 1)
    told = json.loads(out)
    assert set(told) == {"findings"}
    found: list[dict[str, Any]] = told["findings"]
    return found


def test_one_document_of_findings(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    findings = _json(capsys, str(file))
    for one in findings:
        assert set(one) >= PROMISED
        assert one["verdict"] in {"consistent", "look at", "inconsistent", "impossible"}
        assert all(isinstance(one[key], str) for key in ("measure", "term", "claim", "explanation"))
    group = next(one for one in findings if (one["measure"], one["term"]) == ("BDNF", "group"))
    assert (group["claim"], group["verdict"]) == ("F = 5369.17", "impossible")
    assert group["feasible"] == pytest.approx([91.32, 506.2], rel=1e-4)
    assert group["implied"] == pytest.approx(219.3, rel=5e-4)
    assert "intercept" in group["explanation"]
    (age,) = [one for one in findings if one["measure"] == "age"]
    assert (age["term"], age["verdict"]) == ("baseline", "inconsistent")
    assert age["feasible"] == pytest.approx([0.6287, 0.7037], abs=0.00005)


def test_the_tables_of_the_study_ship(capsys: pytest.CaptureFixture[str]) -> None:
    findings = _json(capsys, "study-tables")
    assert len({one["measure"] for one in findings}) == 6
    bad = [(one["measure"], one["term"]) for one in findings if one["verdict"] == "impossible"]
    assert bad == [("BDNF", "group"), ("BDNF", "group")]
    looked = {(one["measure"], one["term"]) for one in findings if one["verdict"] == "look at"}
    assert looked >= {  # audit 1, 4 and 5
        ("BDNF", "variance"), ("GDNF", "variance"), ("BDNF", "Levene pre"),
        ("BDNF", "Levene post"), ("GDNF", "Shapiro-Wilk pre"), ("BDNF", "magnitude"),
        ("GDNF", "magnitude"), ("BMI (kg/m2)", "control"),
    }  # fmt: skip
    assert not {("GDNF", "Levene pre"), ("GDNF", "Levene post")} & looked
    swapped = [one for one in findings if "were swapped" in one["explanation"]]
    assert [(one["measure"], one["term"]) for one in swapped] == [
        ("GDNF", "group"),
        ("GDNF", "interaction"),
    ]


def test_an_f_without_a_limit_is_null(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "tables.toml"
    path.write_text(TABLES.replace("10.85", "26.30").replace("24.31", "60.46"), encoding="utf-8")
    time = next(one for one in _json(capsys, str(path)) if one["term"] == "time")
    assert time["feasible"][1] is None
    assert time["feasible"][0] == pytest.approx(15 * 216.95**2 / (52.60**2 + 120.92**2))
    assert math.isfinite(time["feasible_rounded"][0])


def test_sentences_come_worst_first(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check-summary", str(file)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "impossible    BDNF, group: F = 5369.17"
    verdicts = [line.partition("  ")[0] for line in lines[:-1] if not line.startswith(" ")]
    order = ["impossible", "inconsistent", "look at", "consistent"]
    assert verdicts == sorted(verdicts, key=order.index)
    assert lines[-1] == "2 impossible, 1 inconsistent, 2 look at, 12 consistent"
    assert max(len(line) for line in lines) <= 100


def test_strict_ends_with_1_only_if_something_is_wrong(file: Path) -> None:
    assert main(["check-summary", str(file), "--strict"]) == 1
    file.write_text(TABLES.split("group =", maxsplit=1)[0], encoding="utf-8")
    assert main(["check-summary", str(file), "--strict"]) == 0


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (TABLES.replace("26.30", "-26.30").encode(), "line 4, measure[1].control.pre: the SD is"),
        (b"n = ", "not TOML: "),
        (b"\xff\xfe", "is not UTF-8 text"),
        (b"", "nothing to check"),
        (b"#" * 300_000, "is it the right file?"),
    ],
)
def test_bad_files_end_with_2_and_one_sentence(
    file: Path, content: bytes, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file.write_bytes(content)
    with pytest.raises(SystemExit) as ended:
        main(["check-summary", str(file)])
    out, err = capsys.readouterr()
    assert (ended.value.code, out) == (2, "")
    assert str(file) in err
    assert sentence in err
    assert err.count("\n") == 1


def test_no_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["check-summary", str(tmp_path / "none.toml")])
    assert ended.value.code == 2
    assert "can't read" in capsys.readouterr().err
