"""`reps`: how often somebody did an exercise, from acceleration of a strap on the chest."""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from server.commands.chest_file import read_chest
from server.errors import SettingsError

if TYPE_CHECKING:
    from server.dose.repetitions.counted import Counted

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
    samples = read_chest(path, arguments.rate, arguments.where)
    try:
        counted = count_repetitions(samples, arguments.rate, arguments.exercise)
    except ValueError as error:
        raise SettingsError(f"{path}: {error}") from None
    if arguments.exercise is not None:
        _warn_of_unknown(arguments.exercise)
    told = _as_document(counted) if arguments.json else _as_text(counted)
    sys.stdout.write(told + "\n")
    return 0


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
