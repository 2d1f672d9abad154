"""`doseline-gateway check-config`: the settings in force, secrets masked."""

import argparse
import json
import sys

from gateway.commands.setting_flags import add_setting_flags, read_settings
from gateway.settings import describe_settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """One flag a setting, and the form of the answer."""
    add_setting_flags(parser)
    parser.add_argument("--json", action="store_true", help="one JSON document")


def run(arguments: argparse.Namespace) -> int:
    """Prints name and value of each; a wrong setting exits with 2."""
    values = describe_settings(read_settings(arguments))
    if arguments.json:
        sys.stdout.write(json.dumps(values) + "\n")
        return 0
    for name, value in values.items():
        sys.stdout.write(f"{name:<12} {'' if value is None else value}\n")
    return 0
