"""`dose heart`: what a file of heart rates was for a heart."""

import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from server.commands.column_files import read_columns, require_rising_times
from server.commands.dose_heart_table import list_fields, write_table
from server.errors import SettingsError

if TYPE_CHECKING:
    from server.dose.heart.measures import HeartDose
    from server.dose.heart.reserve import HeartScale
    from server.dose.heart.trimp import BanisterCoefficients, Thresholds

_TIME, _RATE = "t_s", "hr_bpm"
_SOURCES = ("measured", "tanaka", "gulati", "nes", "fox")


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "file", type=Path, metavar="FILE", help=f"CSV or Parquet with columns {_TIME} and {_RATE}"
    )
    parser.add_argument("--rest", type=float, required=True, metavar="B", help="her resting bpm")
    parser.add_argument("--max", type=float, required=True, metavar="B", help="her maximum bpm")
    parser.add_argument("--max-source", choices=_SOURCES, help="where that maximum comes from")
    parser.add_argument(
        "--sex", required=True, choices=["female", "male"], help="whose k and b Banister's sum has"
    )
    parser.add_argument(
        "--banister", type=_read_pair, metavar="K,B", help="a k and b of her own, measured"
    )
    parser.add_argument("--planned-min", type=float, metavar="MIN", help="instead of the span")
    parser.add_argument(
        "--lucia", type=_read_pair, metavar="VT1,VT2", help="bpm at her measured thresholds"
    )
    parser.add_argument("--json", action="store_true", help="one JSON document")


def run(arguments: Namespace) -> int:
    scale, curve, thresholds = _read_person(arguments)
    dose = _measure(arguments.file, scale, curve, thresholds, arguments.planned_min)
    if arguments.json:
        told = msgspec.json.encode(list_fields(dose, scale, curve)).decode()
        sys.stdout.write(told + "\n")
    else:
        sys.stdout.write(write_table(arguments.file.name, dose, scale))
    return 0


def _read_pair(text: str) -> tuple[float, float]:
    try:
        first, second = (float(part) for part in text.split(","))
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is not two numbers with a comma between") from None
    return first, second


def _read_person(
    arguments: Namespace,
) -> "tuple[HeartScale, BanisterCoefficients, Thresholds | None]":
    """Raises SettingsError for numbers that contradict each other."""
    from server.dose.heart.hr_max import FORMULA_SEE_BPM, HrMax, HrMaxSource
    from server.dose.heart.reserve import HeartScale
    from server.dose.heart.trimp import BANISTER, BanisterCoefficients, Thresholds

    planned_min = arguments.planned_min
    if planned_min is not None and not 0 < planned_min < float("inf"):
        raise SettingsError(f"{planned_min:g} planned minutes can't be; give more than 0")
    source = HrMaxSource(arguments.max_source) if arguments.max_source else None
    see_bpm = FORMULA_SEE_BPM if source not in {None, HrMaxSource.MEASURED} else None
    try:
        scale = HeartScale(arguments.rest, HrMax(arguments.max, source, see_bpm))
        own = arguments.banister and BanisterCoefficients(*arguments.banister)
        thresholds = arguments.lucia and Thresholds(*arguments.lucia)
    except ValueError as error:
        raise SettingsError(str(error)) from None
    return scale, own or BANISTER[arguments.sex], thresholds


def _measure(
    path: Path,
    scale: "HeartScale",
    curve: "BanisterCoefficients",
    thresholds: "Thresholds | None",
    planned_min: float | None,
) -> "HeartDose":
    from server.dose.heart.measures import measure_heart

    columns = read_columns(path, [_TIME, _RATE])
    require_rising_times(path, _TIME, columns[_TIME])
    return measure_heart(
        columns[_TIME],
        columns[_RATE],
        scale,
        curve,
        planned_s=None if planned_min is None else planned_min * 60.0,
        thresholds=thresholds,
    )
