"""`samples import`: what was found in blood, and what moves it."""

from argparse import ArgumentParser, Namespace
from typing import Final

from server.commands.study_file import add_file_arguments, run_file
from server.study.import_rows import SAMPLE_FIELDS, read_sample_rows

EXAMPLE: Final = (
    "participant,time_point,analyte,matrix,value,unit,drawn_at,plate,fasting_h,cycle_day",
    "P07,baseline,bdnf,serum,21450,pg/mL,2026-11-27T08:15+03:30,PL-03,12,9",
    "P07,baseline,gdnf,serum,below_lloq,pg/mL,2026-11-27T08:15+03:30,PL-04,12,9",
)


def add_arguments(parser: ArgumentParser) -> None:
    add_file_arguments(parser, EXAMPLE)


def run(arguments: Namespace) -> int:
    return run_file(arguments, SAMPLE_FIELDS, read_sample_rows)
