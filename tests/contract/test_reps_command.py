"""`reps` as scripts of trainers and researchers use it."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from numpy.typing import NDArray
from pyarrow import parquet

from firmware_sim.physiology.activities import Activity
from server.cli import main
from tests.server_process import run_command
from tests.unit.server.dose.repetitions.chest_sets import simulate_set

FloatArray = NDArray[np.float64]
STANDING = np.tile([-1000.0, 5.0, 8.0], (1500, 1))


def _write(path: Path, samples: FloatArray, **columns: FloatArray) -> str:
    table = {**columns, **dict(zip(("x_mg", "y_mg", "z_mg"), samples.T, strict=True))}
    if path.suffix == ".parquet":
        parquet.write_table(pa.table(table), path)
    else:
        rows = np.stack(list(table.values()), axis=1)
        np.savetxt(path, rows, fmt="%.4f", delimiter=",", header=",".join(table), comments="")
    return str(path)


def _json(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    assert main(["reps", *words, "--json"]) == 0
    out, _ = capsys.readouterr()
    assert out.count("\n") == 1
    return json.loads(out)


def _refused(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    with pytest.raises(SystemExit) as end:
        main(["reps", *words])
    assert end.value.code == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "Traceback" not in err
    return err


@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
def test_bouts_are_found_and_rest_counts_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], suffix: str
) -> None:
    one, n_one = simulate_set(Activity.SIT_TO_STAND, 3, 50.0)
    other, n_other = simulate_set(Activity.JUMP, 3, 50.0)
    file = _write(tmp_path / f"chest{suffix}", np.concatenate([one, other]))
    told = _json(capsys, file, "--rate", "50")
    assert set(told) == {"repetitions", "times_s", "bouts", "cant_tell", "heard"}
    assert told["repetitions"] == n_one + n_other == len(told["times_s"])
    assert [bout["repetitions"] for bout in told["bouts"]] == [n_one, n_other]
    assert all(set(b) == {"start_s", "end_s", "repetitions", "confidence"} for b in told["bouts"])
    assert told["times_s"] == sorted(told["times_s"])
    assert told["bouts"][0]["end_s"] < 72.5 < told["bouts"][1]["start_s"]


def test_as_a_process_with_a_name_and_in_words(tmp_path: Path) -> None:
    samples, truth = simulate_set(Activity.LUNGE, 2, 50.0)
    file = _write(tmp_path / "chest.csv", samples)
    done = run_command("reps", file, "--rate", "50", "--exercise", "static-lunge-free")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith(f"{truth} repetitions\n")


def test_it_can_not_tell_is_null_not_zero(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = _write(tmp_path / "chest.csv", STANDING)
    told = _json(capsys, file, "--rate", "50", "--exercise", "hip-flexion-band")
    assert told["repetitions"] is None
    assert told["cant_tell"] == "trunk_hardly_moves"
    assert (told["times_s"], told["bouts"]) == ([], [])
    assert main(["reps", file, "--rate", "50", "--exercise", "tandem-stance"]) == 0
    assert capsys.readouterr().out.startswith("Can't tell: it is held")
    assert _json(capsys, file, "--rate", "50")["repetitions"] == 0


def test_an_unknown_exercise_is_any_set_and_that_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    samples, truth = simulate_set(Activity.STEP_UP, 2, 50.0)
    file = _write(tmp_path / "chest.csv", samples)
    assert main(["reps", file, "--rate", "50", "--exercise", "box climb", "--json"]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["repetitions"] == pytest.approx(truth, abs=1)
    assert err == "No exercise called 'box climb' is known: counted as any set.\n"


def test_one_of_several_people_is_chosen(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    samples, truth = simulate_set(Activity.SIT_TO_STAND, 3, 50.0)
    both = np.concatenate([STANDING, samples])
    subject = np.repeat([1.0, 3.0], [len(STANDING), len(samples)])
    file = _write(tmp_path / "all.parquet", both, subject=subject)
    err = _refused(capsys, file, "--rate", "50")
    assert "holds several recordings (subject is 1, 3): choose one with --where subject=1" in err
    told = _json(capsys, file, "--rate", "50", "--where", "subject=3")
    assert told["repetitions"] == truth
    assert "has no rows with subject=7" in _refused(
        capsys, file, "--rate", "50", "--where", "subject=7"
    )
    assert "--where subject: give a column and a number" in _refused(
        capsys, file, "--rate", "50", "--where", "subject"
    )


def test_stamps_place_the_samples_and_must_agree_with_the_rate(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    samples, _ = simulate_set(Activity.SIT_TO_STAND, 3, 50.0)
    t_s = np.arange(len(samples)) / 50.0
    kept = (t_s < 20.0) | (t_s > 35.0)
    file = _write(tmp_path / "chest.csv", samples[kept], t_s=t_s[kept])
    told = _json(capsys, file, "--rate", "50")
    assert told["heard"] == pytest.approx(1 - 15 / 72.5, abs=0.01)
    assert not [moment for moment in told["times_s"] if 21.0 < moment < 34.0]
    assert max(told["times_s"]) > 45.0
    assert "t_s says 50 Hz, --rate says 100: correct one" in _refused(capsys, file, "--rate", "100")
    far = _write(tmp_path / "far.csv", samples[:4], t_s=np.array([0.0, 0.02, 0.04, 1e9]))
    assert "most of it empty" in _refused(capsys, far, "--rate", "50")
    backwards = _write(tmp_path / "back.csv", samples[:3], t_s=np.array([0.0, 0.02, 0.02]))
    assert "row 4: t_s repeats the row before" in _refused(capsys, backwards, "--rate", "50")


@pytest.mark.parametrize(
    ("samples", "rate", "sentence"),
    [
        (STANDING / 1000.0, "50", "acceleration is 1 mg at rest, where gravity alone is 1000"),
        (STANDING / 1000.0 * 9.81, "50", "convert g or m/s² to milli-g"),
        (STANDING, "3", "3 Hz is too slow to count repetitions: 12 or more"),
        (STANDING, "nan", "--rate nan: give samples a second, as 50"),
        (STANDING, "-50", "--rate -50: give samples a second"),
        (STANDING * np.nan, "50", "less than a second of acceleration was heard"),
        (STANDING * 0.0, "50", "less than a second of acceleration was heard"),
        (STANDING[:0], "50", "has no rows"),
    ],
)
def test_bad_input_is_a_sentence(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    samples: FloatArray,
    rate: str,
    sentence: str,
) -> None:
    file = _write(tmp_path / "chest.csv", samples)
    assert sentence in _refused(capsys, file, f"--rate={rate}")


def test_a_file_without_its_columns_is_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "chest.csv"
    file.write_text("x_mg,y_mg\n1,2\n")
    err = _refused(capsys, str(file), "--rate", "50")
    assert "has no column z_mg; its columns are: x_mg, y_mg" in err
    file.write_text("x_mg,y_mg,z_mg\n1,2,far\n")
    assert "row 2: z_mg is 'far', not a number" in _refused(capsys, str(file), "--rate", "50")
    assert "can't read" in _refused(capsys, str(tmp_path / "none.csv"), "--rate", "50")
