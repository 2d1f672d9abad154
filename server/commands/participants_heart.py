"""`participants heart`: what her heart rates are measured against."""

import sys
from argparse import ArgumentParser, Namespace

from protocol.identifiers import parse_participant_code
from server.commands.operator import read_operator
from server.commands.study_arguments import add_study_arguments, open_command_study
from server.study.measured_heart import Formula, MeasuredHeart, Sex
from server.study.measured_hearts import add_measured_heart


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("code", metavar="P07", help="her code")
    parser.add_argument("--rest", type=float, required=True, metavar="BPM", help="at rest, seated")
    parser.add_argument("--max", type=float, metavar="BPM", help="the highest of an exercise test")
    parser.add_argument("--formula", choices=[one.value for one in Formula], help="without a test")
    parser.add_argument("--age", type=float, metavar="YEARS", help="for the formula")
    parser.add_argument("--sex", choices=[one.value for one in Sex], default=Sex.FEMALE.value)
    parser.add_argument("--vt1", type=float, metavar="BPM", help="first ventilatory threshold")
    parser.add_argument("--vt2", type=float, metavar="BPM", help="second one; both measured")
    parser.add_argument("--reason", help="needed from the second time on; kept for ever")
    add_study_arguments(parser)


def run(arguments: Namespace) -> int:
    code = parse_participant_code(arguments.code)
    heart = MeasuredHeart(
        rest_bpm=arguments.rest,
        sex=Sex(arguments.sex),
        max_bpm=arguments.max,
        age_years=arguments.age,
        formula=None if arguments.formula is None else Formula(arguments.formula),
        vt1_bpm=arguments.vt1,
        vt2_bpm=arguments.vt2,
    )
    with open_command_study(arguments) as database:
        add_measured_heart(database, code, heart, read_operator(), arguments.reason)
    sys.stdout.write(f"{code}'s dose goes by these values from now on, past sessions' too\n")
    return 0
