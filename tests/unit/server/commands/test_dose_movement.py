"""`dose movement` as scripts of researchers use it."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from numpy.typing import NDArray
from pyarrow import parquet

from server.cli import main
from tests.unit.server.dose.movement.test_autocalibration import directions, distort

Floats = NDArray[np.float64]
PROMISED = {"enmo_mg", "mad_mg", "epoch_s", "calibrated"}
# By hand: r alternates 0.8, 1.0, 1.3, 1.1 g: ENMO (0 + 0 + 300 + 100) / 4, MAD (250+50+250+50) / 4.
HAND_G = (0.8, 1.0, 1.3, 1.1)


def upright(lengths_g: Floats) -> Floats:
    return np.stack([0 * lengths_g, 0 * lengths_g, lengths_g], axis=1)


def by_hand(seconds: int, rate_hz: int = 20) -> Floats:
    return upright(np.resize(HAND_G, seconds * rate_hz))


def write(
    path: Path, samples: Floats, rate_hz: float = 20, unit: str = "g", start_s: float = 0.0
) -> str:
    rows = [f"t_s,x_{unit},y_{unit},z_{unit}"]
    for place, sample in enumerate(samples.tolist()):
        cells = ["" if np.isnan(value) else f"{value:.9g}" for value in sample]
        rows.append(",".join([f"{start_s + place / rate_hz:.9g}", *cells]))
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return str(path)


def run(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    assert main(["dose", "movement", *words, "--json"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert out.count("\n") == 1
    return json.loads(out)


def refused(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    with pytest.raises(SystemExit) as end:
        main(["dose", "movement", *words])
    assert end.value.code == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    return err


def test_enmo_and_mad_by_hand(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    told = run(capsys, write(tmp_path / "a.csv", by_hand(17)), "--rate", "20")
    assert set(told) >= PROMISED
    assert told["enmo_mg"] == pytest.approx([100, 100, 100])
    assert told["mad_mg"] == pytest.approx([150, 150, 150])
    assert (told["epoch_s"], told["calibrated"], told["version"]) == (5, False, 1)
    assert told["missing"] == [None] * 3
    assert told["coverage"] == [1, 1, 1]
    assert told["flags"] == ["uncalibrated"]
    assert "counts" not in told


@pytest.mark.parametrize("rate_hz", [200, 100, 50, 25])
def test_every_rate_of_the_ladder(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, rate_hz: int
) -> None:
    samples = upright(np.resize((1.1, 0.9), rate_hz * 10))
    path = write(tmp_path / "a.csv", samples, rate_hz, start_s=1000.0)
    told = run(capsys, path, "--rate", str(rate_hz))
    assert told["enmo_mg"] == pytest.approx([50, 50], abs=1)
    assert told["mad_mg"] == pytest.approx([100, 100], abs=0.1)
    assert told["start_s"] == 1000


def test_milli_g_parquet_and_another_epoch(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    samples = by_hand(12) * 1000
    table = {"t_s": np.arange(240) / 20, "x_mg": samples[:, 0], "y_mg": samples[:, 1]}
    path = tmp_path / "a.parquet"
    parquet.write_table(pa.table({**table, "z_mg": samples[:, 2]}), path)
    told = run(capsys, str(path), "--rate", "20", "--epoch", "2")
    assert told["enmo_mg"] == pytest.approx([100] * 6)
    assert told["epoch_s"] == 2


def test_gaps_empty_cells_and_zeros_leave_null_with_the_reason(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    samples = by_hand(25)
    samples[110:150] = np.nan  # 2 s of the second epoch
    samples[210:250] = 0  # 2 s of the third
    lines = Path(write(tmp_path / "a.csv", samples)).read_text(encoding="utf-8").splitlines()
    (tmp_path / "a.csv").write_text("\n".join(lines[:301] + lines[402:]), encoding="utf-8")
    told = run(capsys, str(tmp_path / "a.csv"), "--rate", "20")
    assert told["missing"] == [None, "low_coverage", "zero_filled", "no_data", None]
    assert [value is None for value in told["enmo_mg"]] == [False, True, True, True, False]
    assert told["mad_mg"][1:4] == [None] * 3
    assert told["coverage"] == pytest.approx([1, 0.6, 0.6, 0, 0.99])
    assert told["zero_filled"] == pytest.approx([0, 0, 0.4, 0, 0])


def lying_about(rate_hz: int = 20) -> Floats:
    """20 s in each of 30 positions, measured with known errors and 2 mg of noise."""
    noise = np.random.default_rng(2).normal(0, 0.002, (30 * 20 * rate_hz, 3))
    return distort(np.repeat(directions(30), 20 * rate_hz, axis=0)) + noise


def test_autocalibration_corrects_when_asked_only(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = write(tmp_path / "a.csv", lying_about())
    raw = run(capsys, path, "--rate", "20")
    told = run(capsys, path, "--rate", "20", "--autocalibrate")
    assert (raw["calibrated"], told["calibrated"]) == (False, True)
    assert max(raw["enmo_mg"]) > 30
    assert max(told["enmo_mg"]) < 3
    found = told["calibration"]
    assert found["offsets_g"] == pytest.approx([0.021, -0.034, 0.052], abs=0.002)
    assert found["gains"] == pytest.approx([1.012, 0.981, 1.027], abs=0.002)
    assert found["error_after_g"] < 0.001 < 0.03 < found["error_before_g"]
    assert told["flags"] == []


def test_too_few_positions_leave_it_uncalibrated_and_say_so(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    samples = lying_about()
    upper = write(tmp_path / "upper.csv", samples[:6000])
    lower = write(tmp_path / "lower.csv", samples[6000:])
    told = run(capsys, upper, "--rate", "20", "--autocalibrate")
    assert (told["calibrated"], told["flags"]) == (False, ["uncalibrated"])
    assert told["calibration"]["reason"] == "few_orientations"
    assert told["enmo_mg"] == run(capsys, upper, "--rate", "20")["enmo_mg"]
    pooled = run(capsys, upper, "--rate", "20", "--calibrate-from", lower)
    assert pooled["calibrated"]
    assert pooled["calibration"]["gains"] == pytest.approx([1.012, 0.981, 1.027], abs=0.002)


def test_a_check_in_six_positions_calibrates_another_recording(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    faces = np.repeat(np.concatenate([np.eye(3), -np.eye(3)]), 120, axis=0)
    check = write(tmp_path / "check.csv", distort(faces), rate_hz=20)
    worn = write(tmp_path / "worn.csv", distort(by_hand(10)))
    told = run(capsys, worn, "--rate", "20", "--six-positions", check)
    assert told["calibrated"]
    assert told["enmo_mg"] == pytest.approx([100, 100], abs=0.1)
    assert run(capsys, worn, "--rate", "20")["enmo_mg"] != pytest.approx([100, 100], abs=5)
    five = write(tmp_path / "five.csv", distort(faces[:600]), rate_hz=20)
    told = run(capsys, worn, "--rate", "20", "--six-positions", five)
    assert told["calibration"]["reason"] == "few_positions"


def test_clipped_axes(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    track = np.clip(2.4 * np.sin(np.arange(200) / 7), -2, 2)
    path = write(tmp_path / "a.csv", np.stack([track, 0.1 * track, 1 - 0.1 * track], axis=1))
    suspected = run(capsys, path, "--rate", "20")
    assert suspected["flags"] == ["uncalibrated", "clipping_suspected"]
    assert None not in suspected["enmo_mg"]
    told = run(capsys, path, "--rate", "20", "--range", "2")
    assert told["flags"] == ["uncalibrated", "clipped"]
    assert told["missing"] == ["unusable", "unusable"]
    assert min(told["clipped"]) > 0.3


def test_counts_where_the_rate_allows(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    wave = 1 + 0.5 * np.sin(2 * np.pi * np.arange(50 * 130) / 50)
    path = write(tmp_path / "a.csv", upright(wave), 50)
    counts = run(capsys, path, "--rate", "50", "--counts")["counts"]
    assert (counts["epoch_s"], counts["missing"]) == (60, [None, None])
    assert counts["x"] == [0, 0]
    assert counts["z"] == counts["vector_magnitude"]
    assert counts["z"][1] > 5000
    slow = write(tmp_path / "slow.csv", upright(wave), 25)
    told = run(capsys, slow, "--rate", "25", "--counts")
    assert told["counts"] == {"missing": "wrong_rate", "version": 1}


def test_a_table_for_people(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    samples = by_hand(20)
    samples[110:150] = 0
    path = write(tmp_path / "a.csv", samples)
    assert main(["dose", "movement", path, "--rate", "20", "--counts", "--autocalibrate"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert out.splitlines() == [
        "   start s  ENMO mg   MAD mg  heard",
        "       0.0    100.0    150.0   100%",
        "       5.0        -        -    60%  zero filled",
        "      10.0    100.0    150.0   100%",
        "      15.0    100.0    150.0   100%",
        "uncalibrated: too few still times of 10 s",
        "no counts: they are defined for 30, 40, … 100 Hz and 200 Hz",
    ]


def cells(*rows: str) -> str:
    return "t_s,x_g,y_g,z_g\n" + "\n".join(rows)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("t_s,x_g,y_g\n0,0,0\n", "has no column z_g; its columns are: t_s, x_g, y_g"),
        ("x_mg,y_mg,z_mg\n0,0,1000\n", "has no column t_s; its columns are: x_mg, y_mg, z_mg"),
        (cells(), "has a header and no rows"),
        (cells("0,0,0,1"), "has one row: a rate needs two"),
        (cells("0,0,0,1", "0.1,0,zero,1"), "row 3: y_g is 'zero', not a number"),
        (cells("0,0,0,1", "0.2,0,0,1", "0.1,0,0,1"), "row 4: t_s is earlier than the row before"),
        (cells("0,0,0,1", "0.2,0,0,1", "0.2,0,0,1"), "row 4: t_s repeats the row before"),
        (cells("0,0,0,1", ",0,0,1"), "row 3: t_s has no number"),
        (cells("0,,0,1", "0.05,0,,1"), "no row has a number in all of x_g, y_g, z_g"),
        (cells("0,0,0,9.81", "0.05,0,0,9.81"), "are usually 9.81 g long, where a chest has 1 g"),
        (cells("0,0,0,1", "0.1,0,0,1"), "t_s has 10 samples a second, and --rate says 20"),
        (cells("0,0,0,1", "50,0,0,1", "100,0,0,1"), "t_s has 0.02 samples a second"),
        (cells("0,0,0,1", "0.05,0,0,1"), "lasts 0.1 s, less than an epoch of 5 s"),
        (
            cells("0,0,0,1", "0.05,0,0,1", "0.1,0,0,1", "1e9,0,0,1"),
            "row 5: t_s jumps by 1e+09 s; split the file there",
        ),
    ],
)
def test_bad_input_gets_a_sentence(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, text: str, sentence: str
) -> None:
    path = tmp_path / "a.csv"
    path.write_text(text, encoding="utf-8")
    told = refused(capsys, str(path), "--rate", "20")
    assert str(path) in told
    assert sentence in told


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--rate", "0"), "'0' is no number above zero"),
        (("--rate", "fast"), "'fast' is no number above zero"),
        (("--rate", "inf"), "'inf' is no number above zero"),
        (("--rate", "20", "--epoch", "-5"), "'-5' is no number above zero"),
        (("--rate", "20", "--epoch", "0.05"), "--epoch 0.05 holds less than two samples"),
        (("--epoch", "5"), "--rate"),
        (("--rate", "20", "--autocalibrate", "--six-positions", "b.csv"), "not allowed with"),
        (("--rate", "20", "--six-positions", "nowhere.csv"), "can't read nowhere.csv"),
    ],
)
def test_wrong_words_get_a_sentence(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, words: tuple[str, ...], sentence: str
) -> None:
    assert sentence in refused(capsys, write(tmp_path / "a.csv", by_hand(10)), *words)


def test_a_strap_whose_clock_is_one_percent_off_is_measured(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    told = run(capsys, write(tmp_path / "a.csv", by_hand(60), rate_hz=19.8), "--rate", "20")
    assert told["measured_hz"] == pytest.approx(19.8)
    assert told["missing"] == [None] * len(told["missing"])
    assert told["enmo_mg"] == pytest.approx([100] * 12, abs=3)
