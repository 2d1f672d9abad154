"""`facts erase`: what entries say goes, by a decision that stays; first it shows what that is."""

import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import Connection

from protocol.identifiers import parse_participant_code
from server.backup.last_backup import BackupReader
from server.commands.erasing_arguments import add_erasing_arguments, require_reason
from server.commands.erasure_words import tell_beyond, tell_erased
from server.commands.operator import read_operator
from server.commands.study_arguments import (
    add_study_arguments,
    open_command_study,
    read_study_settings,
)
from server.db.database import Database
from server.errors import NotFoundError, SettingsError
from server.projection.opening import open_derived
from server.projection.projecting import Projector
from server.study.entering import Recorder
from server.study.erasing import erase_fact
from server.study.erasure import Erasure, list_facts_of, preview_erasure


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("ids", nargs="*", metavar="ID", help="of entries; see facts list")
    parser.add_argument("--participant", metavar="P07", help="all that was entered of her instead")
    add_erasing_arguments(parser)
    add_study_arguments(parser)


def run(arguments: Namespace) -> int:
    require_reason(arguments)
    folder = read_study_settings(arguments).data
    with open_command_study(arguments) as study:
        with study.reading() as connection:
            ids = _list_ids(connection, arguments)
            erasure = preview_erasure(connection, ids)
        if arguments.confirm:
            _erase(study, ids, arguments.reason)
            with open_derived(folder) as derived:
                Projector(study, derived, _tell_wall_ns).project_new()
    _tell(erasure, BackupReader(folder).read() is not None, is_done=arguments.confirm)
    return 0


def _list_ids(connection: Connection, arguments: Namespace) -> list[str]:
    if bool(arguments.ids) is (arguments.participant is not None):
        raise SettingsError("give the ids of entries, or --participant and no id")
    if arguments.participant is None:
        return list(arguments.ids)
    code = parse_participant_code(arguments.participant)
    ids = [one.id for one in list_facts_of(connection, code) if not one.is_erased]
    if not ids:
        raise NotFoundError(f"nothing is stored of {code} that could be erased here")
    return ids


def _erase(study: Database, ids: Sequence[str], reason: str) -> None:
    """All of them, or none."""
    recorder = Recorder(read_operator(), datetime.now(UTC), os.urandom)
    with study.writing() as connection:
        for one in ids:
            erase_fact(connection, one, reason, recorder)
    study.empty_log()


def _tell_wall_ns() -> int:
    return int(datetime.now(UTC).timestamp() * 1e9)


def _tell(erasure: Erasure, has_backup: bool, *, is_done: bool) -> None:
    for one in erasure.erased:
        sys.stdout.write(tell_erased(one))
    for line in tell_beyond(erasure, has_backup=has_backup):
        sys.stdout.write(f"{line}\n")
    n = len(erasure.erased)
    said = f"erased: {n} entries" if is_done else f"nothing is erased yet: {n} entries would be;"
    rest = "; the chain still verifies" if is_done else " say it again with --confirm"
    sys.stdout.write(f"{said}{rest}\n")
