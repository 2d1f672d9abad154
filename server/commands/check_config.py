"""`check-config`: the settings in force, secrets masked."""

import json
import sys
from argparse import ArgumentParser, Namespace

from server.commands.study_arguments import add_serving_arguments, read_serving_settings
from server.db.database import parse_database_url
from server.db.masking import mask_url


def add_arguments(parser: ArgumentParser) -> None:
    add_serving_arguments(parser)
    parser.add_argument("--json", action="store_true", help="one JSON document")


def run(arguments: Namespace) -> int:
    settings = read_serving_settings(arguments)
    shown = {name: str(value) for name, value in settings.model_dump().items()}
    if settings.database_url is not None:
        url = parse_database_url(settings.database_url)
        shown["database"] = mask_url(url.set(drivername="postgresql"))
    if arguments.json:
        sys.stdout.write(json.dumps(shown) + "\n")
    else:
        sys.stdout.writelines(f"{name} = {value}\n" for name, value in shown.items())
    return 0
