"""`anchors load`: the wording of a scale of effort that the study has a licence for."""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from protocol.errors import PlanError
from protocol.training.anchors import name_anchor_pack
from server.commands.operator import read_operator
from server.commands.study_arguments import add_study_arguments, open_command_study
from server.commands.text_files import read_text_file
from server.study.anchor_packs import load_pack


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "file",
        type=Path,
        metavar="FILE.toml",
        help="scale (borg_6_20 or borg_cr10), language, licence, licensee, and [[anchors]] with"
        " number and words",
    )
    parser.add_argument(
        "--statement", required=True, help="on which licence: who gave it to whom, for what"
    )
    add_study_arguments(parser)


def run(arguments: Namespace) -> int:
    text = read_text_file(arguments.file)
    with open_command_study(arguments) as database, database.writing() as connection:
        try:
            loaded = load_pack(connection, text, arguments.statement, read_operator())
        except PlanError as error:
            raise PlanError([f"{arguments.file}: {error}; nothing was changed"]) from None
    sys.stdout.write(f"{name_anchor_pack(loaded.pack)} is shown from now on\n")
    sys.stdout.write(f"hash {loaded.sha256}\n")
    return 0
