"""`reporting show`: reporting checklists, item by item, from the study as it is now."""

import json
import sys
from argparse import ArgumentParser, Namespace
from typing import Any

from server.analysis.reporting.answers import Answer, count_states
from server.analysis.reporting.checklist import Checklist
from server.analysis.reporting.plain_text import write_checklist_text
from server.analysis.reporting.reading import read_reporting
from server.analysis.reporting.reporting import Reporting
from server.analysis.reporting.shipped import find_checklist, read_checklists
from server.commands.study_arguments import add_study_arguments, open_command_study
from server.commands.study_derived import bring_up_to_date
from server.gateways.roster import is_wholly_simulated


def add_arguments(parser: ArgumentParser) -> None:
    known = ", ".join(one.id for one in read_checklists())
    parser.add_argument("checklist", nargs="?", metavar="LIST", help=f"one of {known}; else all")
    parser.add_argument("--json", action="store_true", help="one JSON document")
    add_study_arguments(parser)


def run(arguments: Namespace) -> int:
    wanted = arguments.checklist
    lists = read_checklists() if wanted is None else (find_checklist(wanted),)
    reporting = _read(arguments)
    if arguments.json:
        told = {"checklists": [_view(one, reporting.answer(one)) for one in lists]}
        sys.stdout.write(json.dumps(told, indent=2, ensure_ascii=False) + "\n")
        return 0
    for one in lists:
        sys.stdout.write(write_checklist_text(one, reporting.answer(one), reporting.facts) + "\n")
    return 0


def _read(arguments: Namespace) -> Reporting:
    with (
        open_command_study(arguments) as study,
        bring_up_to_date(arguments, study) as found,
        study.reading() as connection,
        found.derived.reading() as worked_out,
    ):
        sys.stderr.write("".join(f"{one}\n" for one in found.tell_failed()))
        return read_reporting(connection, worked_out, is_simulated=is_wholly_simulated(study))


def _view(checklist: Checklist, answers: list[Answer]) -> dict[str, Any]:
    return {
        "id": checklist.id,
        "name": checklist.name,
        "source": checklist.source,
        "doi": checklist.doi,
        "numbering": checklist.numbering,
        "states": {state.name.lower(): n for state, n in count_states(answers).items()},
        "items": [_view_item(one) for one in answers],
    }


def _view_item(one: Answer) -> dict[str, Any]:
    return {
        "item": one.name,
        "number": one.item.number,
        "section": one.item.section,
        "asks": one.item.asks,
        "state": one.state.name.lower(),
        "from_data": one.told or None,
        "sources": list(one.sources),
        "own": None if one.own is None else one.own.text,
        "wanted": one.wanted or None,
    }
