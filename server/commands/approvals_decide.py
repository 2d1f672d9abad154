"""`approvals decide`: a second person says whether more may be given away, with her password."""

import sys
from argparse import ArgumentParser, Namespace

from protocol.identifiers import parse_user_name
from server.commands.approvals_list import tell_request
from server.commands.operator import read_operator
from server.commands.secret_files import add_known_password_file, ask_password
from server.commands.study_arguments import add_study_arguments, open_command_study
from server.people.confirming import confirm_person
from server.study.approval import APPROVERS, Verdict
from server.study.approvals import decide_approval


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("number", type=int, metavar="3", help="of the request; see approvals list")
    parser.add_argument(
        "--as", dest="name", required=True, metavar="NAME", help="a researcher or data manager"
    )
    verdict = parser.add_mutually_exclusive_group(required=True)
    verdict.add_argument("--approve", action="store_true", help="it may be given away")
    verdict.add_argument("--refuse", metavar="WHY", help="it may not, and why")
    add_known_password_file(parser)
    add_study_arguments(parser)


def run(arguments: Namespace) -> int:
    name, operator = parse_user_name(arguments.name), read_operator()
    verdict = Verdict.APPROVED if arguments.approve else Verdict.REFUSED
    password = ask_password(name, arguments.password_file)
    with open_command_study(arguments) as study:
        confirm_person(study, name, password, APPROVERS, operator)
        decided = decide_approval(study, arguments.number, verdict, name, arguments.refuse)
    sys.stdout.write(tell_request(decided))
    return 0
