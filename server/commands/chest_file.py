"""Acceleration of one chest from a file that people or other programs wrote."""

import math
from pathlib import Path
from typing import TYPE_CHECKING, Final

from server.commands.column_files import read_columns, read_header, require_rising_times
from server.errors import SettingsError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]

AXES: Final = ("x_mg", "y_mg", "z_mg")
TIME: Final = "t_s"
WHO: Final = ("subject", "participant", "person", "strap", "rec", "record", "recording")
RATE_TOLERANCE: Final = 0.03  # a strap's own rate is off by up to 1 %
SPARSEST: Final = 50  # places for each sample: a stamp that is far off must not fill the memory
LEAST_MEDIAN_MG: Final = 200.0  # gravity is 1000; files in g have 1, in m/s² 10


def read_chest(path: Path, rate_hz: float, conditions: list[str]) -> "FloatArray":
    """Milli-g (n, 3) of the rows that fulfil all conditions (`subject=3`).

    With stamps in the file, lost samples are NaN. Raises SettingsError.
    """
    import numpy as np

    if not (math.isfinite(rate_hz) and rate_hz > 0):
        raise SettingsError(f"--rate {rate_hz:g}: give samples a second, as 50")
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
        try:
            numbers = np.unique(read_columns(path, [name])[name][chosen])
        except SettingsError:  # codes in letters, which --where can't choose among
            continue
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
    if len(times_s) > 1:
        real_hz = 1.0 / float(np.median(np.diff(times_s)))
        if abs(real_hz / rate_hz - 1.0) > RATE_TOLERANCE:
            raise SettingsError(
                f"{path}: {TIME} says {real_hz:.4g} Hz, --rate says {rate_hz:g}: correct one"
            )
    at = np.rint((times_s - times_s[0]) * rate_hz).astype(np.int64)
    if at[-1] > SPARSEST * len(at):
        raise SettingsError(
            f"{path}: {TIME} spans {times_s[-1] - times_s[0]:g} s, most of it empty"
        )
    placed = np.full((int(at[-1]) + 1, len(AXES)), np.nan)
    placed[at] = samples
    return placed
