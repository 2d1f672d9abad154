"""`reps`: how often somebody did an exercise, from acceleration of a strap on the chest."""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from server.commands.column_files import read_columns, read_header, require_rising_times
from server.errors import SettingsError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from server.dose.repetitions.counted import Counted

    FloatArray = NDArray[np.float64]

AXES: Final = ("x_mg", "y_mg", "z_mg")
TIME: Final = "t_s"
WHO: Final = ("subject", "participant", "person", "strap", "rec", "record", "recording")
RATE_TOLERANCE: Final = 0.03  # a strap's own rate is off by up to 1 %
LEAST_MEDIAN_MG: Final = 200.0  # gravity is 1000; files in g have 1, in m/s² 10
LITTLE_LOST: Final = 0.995  # a share heard that isn't worth a word
SENTENCES: Final = {
    "trunk_hardly_moves": "can't tell: the trunk hardly moves in it",
    "nothing_to_count": "can't tell: it is held, there is nothing to count",
}


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="CSV or Parquet: x_mg, y_mg, z_mg")
    parser.add_argument("--rate", type=float, required=True, metavar="HZ", help="samples a second")
    parser.add_argument(
        "--exercise", metavar="NAME", help="the file is one set of it; without: any, with rests"
    )
    parser.add_argument(
        "--where", action="append", default=[], metavar="COLUMN=NUMBER",
        help="only rows with this number, as subject=3; may be given several times",
    )  # fmt: skip
    parser.add_argument("--json", action="store_true", help="one JSON document")


def run(arguments: Namespace) -> int:
    from server.dose.repetitions.detector import count_repetitions

    path: Path = arguments.file
    samples = _read(path, arguments.rate, arguments.where)
    try:
        counted = count_repetitions(samples, arguments.rate, arguments.exercise)
    except ValueError as error:
        raise SettingsError(f"{path}: {error}") from None
    if arguments.exercise is not None:
        _warn_of_unknown(arguments.exercise)
    told = _as_document(counted) if arguments.json else _as_text(counted)
    sys.stdout.write(told + "\n")
    return 0


def _read(path: Path, rate_hz: float, conditions: list[str]) -> "FloatArray":
    """(n, 3) milli-g of the chosen rows; with stamps in the file, lost samples are NaN."""
    import numpy as np

    wanted = dict(_parse_condition(each) for each in conditions)
    header = read_header(path)
    extra = [name for name in (TIME, *WHO) if name in header and name not in wanted]
    columns = read_columns(path, [*AXES, *wanted])
    chosen = np.ones(len(columns[AXES[0]]), dtype=np.bool_)
    for name, number in wanted.items():
        chosen &= columns[name] == number
    if not chosen.any():
        rows = " and ".join(f"{name}={number:g}" for name, number in wanted.items())
        raise SettingsError(f"{path} has no rows" + (f" with {rows}" if rows else ""))
    _refuse_several(path, [name for name in extra if name != TIME], chosen)
    samples = np.stack([columns[name][chosen] for name in AXES], axis=1)
    _refuse_other_unit(path, samples)
    if TIME not in extra:
        return samples
    return _place(path, samples, read_columns(path, [TIME])[TIME][chosen], rate_hz)


def _parse_condition(text: str) -> tuple[str, float]:
    name, _, number = text.partition("=")
    try:
        return name.strip(), float(number)
    except ValueError:
        raise SettingsError(f"--where {text}: give a column and a number, as subject=3") from None


def _refuse_several(path: Path, names: list[str], chosen: "NDArray[np.bool_]") -> None:
    """Two people's rows, one after the other, are no recording."""
    import numpy as np

    for name in names:
        numbers = np.unique(read_columns(path, [name])[name][chosen])
        if len(numbers) > 1:
            some = ", ".join(f"{number:g}" for number in numbers[:8])
            raise SettingsError(
                f"{path} holds several recordings ({name} is {some}): choose one with"
                f" --where {name}={numbers[0]:g}"
            )


def _refuse_other_unit(path: Path, samples: "FloatArray") -> None:
    import numpy as np

    length = np.linalg.norm(samples, axis=1)
    length = length[np.isfinite(length) & (length > 0)]
    if length.size and np.median(length) < LEAST_MEDIAN_MG:
        raise SettingsError(
            f"{path}: acceleration is {np.median(length):.3g} mg at rest, where gravity alone is"
            " 1000; convert g or m/s² to milli-g"
        )


def _place(
    path: Path, samples: "FloatArray", times_s: "FloatArray", rate_hz: float
) -> "FloatArray":
    """Samples where their stamps say, NaN between."""
    import numpy as np

    require_rising_times(path, TIME, times_s)
    if len(times_s) > 1 and rate_hz > 0:
        real_hz = 1.0 / float(np.median(np.diff(times_s)))
        if abs(real_hz / rate_hz - 1.0) > RATE_TOLERANCE:
            raise SettingsError(
                f"{path}: {TIME} says {real_hz:.4g} Hz, --rate says {rate_hz:g}: correct one"
            )
    at = np.rint((times_s - times_s[0]) * rate_hz).astype(np.int64)
    placed = np.full((int(at[-1]) + 1, len(AXES)), np.nan)
    placed[at] = samples
    return placed


def _warn_of_unknown(exercise: str) -> None:
    from server.dose.repetitions.exercises import TrunkMotion, find_motion

    if find_motion(exercise) is TrunkMotion.UNKNOWN:
        sys.stderr.write(f"No exercise called {exercise!r} is known: counted as any set.\n")


def _as_document(counted: "Counted") -> str:
    document = {
        "repetitions": counted.repetitions,
        "times_s": [round(moment, 3) for moment in counted.times_s],
        "bouts": [
            {
                "start_s": bout.start_s,
                "end_s": bout.end_s,
                "repetitions": bout.repetitions,
                "confidence": round(bout.confidence, 3),
            }
            for bout in counted.bouts
        ],
        "cant_tell": counted.cant_tell,
        "heard": round(counted.heard, 4),
    }
    return msgspec.json.encode(document).decode()


def _as_text(counted: "Counted") -> str:
    if counted.cant_tell is not None:
        return SENTENCES[counted.cant_tell].capitalize() + "."
    lines = [
        f"{bout.start_s:8.1f} to {bout.end_s:8.1f} s  {bout.repetitions:4}"
        f"  confidence {bout.confidence:.2f}"
        for bout in counted.bouts
    ]
    heard = "" if counted.heard > LITTLE_LOST else f" ({counted.heard:.0%} of it was heard)"
    return "\n".join([*lines, f"{counted.repetitions} repetitions{heard}"])
