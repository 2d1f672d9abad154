"""`reporting set`: a sentence of the study's own for an item of a reporting checklist."""

import sys
from argparse import ArgumentParser, Namespace

from server.analysis.reporting.saying import say_sentence
from server.commands.operator import read_operator
from server.commands.study_arguments import add_study_arguments, open_command_study
from server.study.reporting_sentences import NewSentence


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "item", metavar="ITEM", help="as cert/6 or consort-2025/2; 'reporting show' lists them all"
    )
    parser.add_argument("--text", required=True, metavar="TEXT", help="the sentence")
    parser.add_argument(
        "--not-applicable", action="store_true", help="the text says why the item doesn't apply"
    )
    parser.add_argument(
        "--reason", default="", metavar="TEXT", help="why it takes the place of the one before"
    )
    add_study_arguments(parser)


def run(arguments: Namespace) -> int:
    new = NewSentence(
        arguments.item, arguments.text, not arguments.not_applicable, arguments.reason
    )
    with open_command_study(arguments) as database:
        made = say_sentence(database, new, read_operator())
    sys.stdout.write(f"{made.item} has sentence {made.number}: {made.text}\n")
    return 0
