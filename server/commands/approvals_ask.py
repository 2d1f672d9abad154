"""`approvals ask`: ask a second person whether more may be given away than all get."""

import sys
from argparse import ArgumentParser, Namespace

from server.commands.export import APPROVALS, ARCHIVE, PROFILES
from server.commands.operator import read_operator
from server.commands.study_arguments import add_study_arguments, open_command_study


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--recipient", required=True, metavar="NAME", help="who would get it")
    parser.add_argument("--profile", required=True, choices=[*PROFILES, ARCHIVE],
                        help="as which files")  # fmt: skip
    parser.add_argument(
        "--approve",
        required=True,
        metavar="WORDS",
        help=f"what columns would give away, with commas between: {', '.join(APPROVALS)}",
    )
    parser.add_argument("--reason", required=True, metavar="TEXT", help="why it is needed")
    add_study_arguments(parser)


def run(arguments: Namespace) -> int:
    from server.commands.export_dataset import read_words, tell_alike
    from server.export.dataset.ordering import Choice
    from server.export.dataset.telling_apart import check_exact_values
    from server.study.approvals import ask_approval

    choice = Choice(arguments.profile, arguments.recipient, read_words(arguments.approve))
    with open_command_study(arguments) as study:
        with study.reading() as connection:
            found = check_exact_values(connection)
        wanted = choice.make_request(arguments.reason, found)
        number = ask_approval(study, wanted, read_operator())
    sys.stdout.write(
        f"request {number}: {tell_alike(found)} in exact values\n"
        "somebody else decides on /export, or with 'doseline-server approvals decide"
        f" {number} --as NAME'\n"
    )
    return 0
