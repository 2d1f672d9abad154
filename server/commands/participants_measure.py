"""`participants measure`: what was measured and asked at baseline and after the training."""

from argparse import ArgumentParser, Namespace
from typing import Final

from server.commands.study_file import add_file_arguments, run_file
from server.study.fields.measured import MEASURED_BY_NAME
from server.study.import_rows import read_measurement_rows

EXAMPLE: Final = (
    "participant,time_point,age_y,height_cm,weight_kg,edss,hr_rest_bpm,hr_rest_source,dmt",
    "P07,baseline,36,161.5,57.3,2.5,64,seated_5_min,fingolimod",
    "P08,baseline,41,158,refused,3,71,seated_5_min,none",
)


def add_arguments(parser: ArgumentParser) -> None:
    add_file_arguments(parser, EXAMPLE)


def run(arguments: Namespace) -> int:
    return run_file(arguments, MEASURED_BY_NAME, read_measurement_rows)
