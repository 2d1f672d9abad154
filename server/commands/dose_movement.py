"""`dose movement`: ENMO and MAD of each epoch of a recording, in mg."""

import math
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from pathlib import Path
from typing import Final

from server.commands.movement_file import read_movement, require_epochs, require_rate
from server.errors import SettingsError

_FEWEST_SAMPLES: Final = 2  # a deviation from a mean needs two


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "file", metavar="FILE", type=Path, help="CSV or Parquet with t_s and x_g,y_g,z_g or x_mg,…"
    )
    parser.add_argument(
        "--rate", required=True, type=_parse_positive, metavar="HZ", help="samples a second"
    )
    parser.add_argument(
        "--epoch", default=5.0, type=_parse_positive, metavar="S", help="seconds an epoch lasts (5)"
    )
    how = parser.add_mutually_exclusive_group()
    how.add_argument(
        "--autocalibrate", action="store_true", help="correct the axes by FILE's own still times"
    )
    how.add_argument(
        "--calibrate-from",
        nargs="+",
        type=Path,
        metavar="OTHER",
        help="correct the axes by still times of FILE and of other recordings of the same strap",
    )
    how.add_argument(
        "--six-positions",
        type=Path,
        metavar="CHECK",
        help="correct the axes by a recording of the strap lying on each of its six faces",
    )
    parser.add_argument(
        "--range", type=_parse_positive, metavar="G", help="full scale: samples there are clipped"
    )
    parser.add_argument(
        "--counts", action="store_true", help="also activity counts per minute (30 to 200 Hz)"
    )
    parser.add_argument("--json", action="store_true", help="one JSON document")


def run(arguments: Namespace) -> int:
    from server.commands.movement_measuring import (
        NOT_CALIBRATED,
        Reading,
        calibrate,
        calibrate_by_check,
        count,
        measure,
    )
    from server.commands.movement_report import write_json, write_table

    file = read_movement(arguments.file)
    require_rate(file, arguments.rate)
    if arguments.rate * arguments.epoch < _FEWEST_SAMPLES:
        raise SettingsError(
            f"--epoch {arguments.epoch:g} holds less than two samples at --rate {arguments.rate:g}"
        )
    require_epochs(file, arguments.rate, arguments.epoch)
    if arguments.six_positions:
        found = calibrate_by_check(read_movement(arguments.six_positions))
    elif arguments.autocalibrate or arguments.calibrate_from:
        found = calibrate([file, *map(read_movement, arguments.calibrate_from or ())])
    else:
        found = NOT_CALIBRATED
    reading = Reading(file, arguments.rate, found.calibration)
    epochs = measure(reading, arguments.epoch, arguments.range)
    counts = count(reading) if arguments.counts else None
    write = write_json if arguments.json else write_table
    sys.stdout.write(write(file, epochs, found, counts))
    return 0


def _parse_positive(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not (value > 0 and math.isfinite(value)):
        raise ArgumentTypeError(f"{text!r} is no number above zero")
    return value
