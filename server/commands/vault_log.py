"""`vault log`: who read or wrote whose identity, and when."""

import json
import sys
from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from datetime import UTC, datetime

from server.commands.study_arguments import add_study_arguments, read_study_settings
from server.db.opening import require_data_directory
from server.vault.opening import open_vault

_NS_PER_S = 1_000_000_000


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    add_study_arguments(parser)


def run(arguments: Namespace) -> int:
    settings = read_study_settings(arguments)
    directory = require_data_directory(settings.data)
    with open_vault(directory, settings.database_url) as vault:
        events = vault.read_events()
    for event in events:
        if arguments.json:
            sys.stdout.write(json.dumps(asdict(event)) + "\n")
        else:
            when = datetime.fromtimestamp(event.happened_wall_ns // _NS_PER_S, UTC)
            sys.stdout.write(
                f"{when:%Y-%m-%d %H:%M:%SZ} {event.done_by} {event.what} {event.code}\n"
            )
    return 0
