"""`dose agreement`: repetitions that the detector counts, beside the trainers', over the study."""

import json
import sys
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence

from server.commands.study_arguments import (
    add_study_arguments,
    open_command_study,
    read_study_settings,
)
from server.dose.quantity import Quantity
from server.dose.repetitions.agreement_report import FEW_PAIRS, ExerciseAgreement
from server.projection.opening import open_derived
from server.projection.projecting import Projector
from server.projection.repetition_report import read_agreement, tell_agreement

_HEAD = ("exercise", "sets", "can't tell", "pairs", "people", "bias", "limits", "within 1", "kappa")


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="one JSON document")
    add_study_arguments(parser)


def run(arguments: Namespace) -> int:
    folder = read_study_settings(arguments).data
    with open_command_study(arguments) as study, open_derived(folder) as derived:
        Projector(study, derived, time.time_ns).project_new()
        with derived.reading() as connection:
            rows = read_agreement(connection)
    written = json.dumps(tell_agreement(rows)) + "\n" if arguments.json else write_table(rows)
    sys.stdout.write(written)
    return 0


def write_table(rows: Sequence[ExerciseAgreement]) -> str:
    """Differences are detector minus trainer, in repetitions; kappa has squared weights."""
    if not rows[0].n_sets:
        return "no strap was heard in any set that is counted in repetitions\n"
    cells = [_HEAD, *[_list_cells(one) for one in rows]]
    widths = [max(len(row[place]) for row in cells) for place in range(len(_HEAD))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in cells
    ]
    if any(one.has_few_pairs for one in rows):
        lines.append(f"(few): fewer than {FEW_PAIRS} pairs say little about the detector")
    return "\n".join(lines) + "\n"


def _list_cells(one: ExerciseAgreement) -> tuple[str, ...]:
    told = one.agreement
    low, high = told.lower_limit, told.upper_limit
    limits = "-" if low.value is None else f"{_tell(low)} to {_tell(high)}"
    few = " (few)" if one.has_few_pairs else ""
    return (
        one.exercise or "all",
        str(one.n_sets),
        "-" if one.cant_tell_share is None else f"{one.cant_tell_share:.0%}",
        f"{told.n_sets}{few}",
        str(one.n_people),
        _tell(told.bias),
        limits,
        "-" if told.within_one.value is None else f"{told.within_one.value:.0%}",
        "-" if told.weighted_kappa.value is None else f"{told.weighted_kappa.value:.2f}",
    )


def _tell(quantity: Quantity) -> str:
    return "-" if quantity.value is None else f"{quantity.value:+.1f}"
