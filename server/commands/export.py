"""`export`: what the server holds, as a folder."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Final

from server.commands.study_arguments import add_study_arguments
from server.errors import SettingsError

ARCHIVE: Final = "archive"
# Named here, so that telling what there is loads no library of a format.
PROFILES: Final = ("csv", "parquet", "spss", "redcap")
PARTS: Final = ("outcomes", "sessions")
APPROVALS: Final = ("dates", "free_text", "serials", "arms", "exact_values")


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--profile",
        required=True,
        choices=[*PROFILES, ARCHIVE],
        help="tidy tables of one kind, or all bytes as they were received",
    )
    parser.add_argument("--out", type=Path, required=True, metavar="OUT", help="new folder")
    parser.add_argument("--zip", action="store_true", help="OUT is a new ZIP of the tables instead")
    parser.add_argument(
        "--recipient", metavar="NAME", help="who gets the tables; see 'recipients add'"
    )
    parser.add_argument("--key-file", type=Path, metavar="F", help="file with her key")
    parser.add_argument(
        "--approve",
        metavar="WORDS",
        help="what else columns may give away, once a second person approved it (see 'approvals"
        f" ask'), with commas between: {', '.join(APPROVALS)}",
    )
    parser.add_argument(
        "--part",
        choices=PARTS,
        default=PARTS[0],
        help="which half goes out where arms aren't approved: outcomes, or what tells who trains"
        " (default: %(default)s)",
    )
    parser.add_argument(
        "--internal",
        action="store_true",
        help="archive: a copy for whoever runs this server, with serials and exact moments; not"
        " to be handed out",
    )
    parser.add_argument("--study", dest="data", type=Path, metavar="DIR", help="same as --data")
    add_study_arguments(parser)


def run(arguments: Namespace) -> int:
    if arguments.profile == ARCHIVE:
        if arguments.zip:
            raise SettingsError("--zip is for tables; an archive is a folder")
        if arguments.internal and (arguments.recipient or arguments.approve):
            raise SettingsError("an --internal copy is for nobody: leave --recipient and --approve")
        from server.commands.export_archive import export_archive

        return export_archive(arguments)
    if arguments.internal:
        raise SettingsError("--internal is for an archive; tables are made for a recipient")
    from server.commands.export_dataset import export_dataset

    return export_dataset(arguments)
