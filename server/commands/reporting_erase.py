"""`reporting erase`: what one of the study's own sentences says goes, by a decision that stays."""

import sys
from argparse import ArgumentParser, Namespace

from server.backup.last_backup import BackupReader
from server.commands.erasing_arguments import add_erasing_arguments, require_reason
from server.commands.erasure_words import tell_backups
from server.commands.operator import read_operator
from server.commands.study_arguments import (
    add_study_arguments,
    open_command_study,
    read_study_settings,
)
from server.study.record_erasing import erase_sentence, find_sentence


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("item", metavar="ITEM", help="as cert/6 or consort-2025/2")
    parser.add_argument("number", type=int, metavar="N", help="of its sentence, from 1")
    add_erasing_arguments(parser)
    add_study_arguments(parser)


def run(arguments: Namespace) -> int:
    require_reason(arguments)
    item, number = arguments.item, arguments.number
    with open_command_study(arguments) as study:
        with study.reading() as connection:
            sentence = find_sentence(connection, item, number)
        if arguments.confirm:
            with study.writing() as connection:
                erase_sentence(connection, item, number, arguments.reason, read_operator())
            study.empty_log()
    has_backup = BackupReader(read_study_settings(arguments).data).read() is not None
    told = [f"{item}, sentence {number} by {sentence.recorded_by}: {sentence.text}"]
    if sentence.reason is not None:
        told.append(f"   its reason: {sentence.reason}")
    told += ["not reached: reports and checklists that were taken along", tell_backups(has_backup)]
    told.append(
        "erased; the chain still verifies"
        if arguments.confirm
        else "nothing is erased yet: say it again with --confirm"
    )
    sys.stdout.write("\n".join(told) + "\n")
    return 0
