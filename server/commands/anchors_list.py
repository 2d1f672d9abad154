"""`anchors list`: whose wording is shown, on which licence, and what was before."""

import json
import sys
from argparse import ArgumentParser, Namespace
from typing import Any

from protocol.ledger.instants import format_utc_ms
from protocol.training.anchors import name_anchor_pack
from server.commands.study_arguments import add_study_arguments, open_command_study
from server.study.anchor_packs import LoadedPack, read_all_packs, read_packs


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="one JSON document")
    add_study_arguments(parser)


def run(arguments: Namespace) -> int:
    with open_command_study(arguments) as database, database.reading() as connection:
        packs = read_all_packs(connection)
        shown = {one.number for one in read_packs(connection).values()}
    if arguments.json:
        told = [_as_json(one, is_shown=one.number in shown) for one in packs]
        sys.stdout.write(json.dumps(told) + "\n")
        return 0
    sys.stdout.writelines(_describe(one, is_shown=one.number in shown) for one in packs)
    if not packs:
        sys.stdout.write("no pack: scales show numbers and the study's own end words\n")
    return 0


def _as_json(one: LoadedPack, *, is_shown: bool) -> dict[str, Any]:
    return {
        "number": one.number,
        "scale": one.scale,
        "anchor_pack": name_anchor_pack(one.pack),
        "is_shown": is_shown,
        "sha256": one.sha256,
        "statement": one.statement,
        "recorded_by": one.recorded_by,
        "recorded_utc": format_utc_ms(one.recorded_wall_ns // 1_000_000),
    }


def _describe(one: LoadedPack, *, is_shown: bool) -> str:
    what = f"{one.scale} withdrawn" if one.pack is None else name_anchor_pack(one.pack)
    state = "shown" if is_shown else "not shown"
    return f"{what} ({state}) {one.sha256[:8]} by {one.recorded_by}: {one.statement}\n"
