"""`check-config`: the settings in force, secrets masked."""

import json
import sys
from argparse import ArgumentParser, Namespace
from datetime import UTC, datetime
from pathlib import Path

from server.certificates.condition import name_condition, warn
from server.certificates.place import find_folder
from server.commands.serve_secure import require_nothing_begun
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
    shown["certificate"] = _tell_certificate(settings.data)
    if arguments.json:
        sys.stdout.write(json.dumps(shown) + "\n")
    else:
        sys.stdout.writelines(f"{name} = {value}\n" for name, value in shown.items())
    return 0


def _tell_certificate(data: Path) -> str:
    """Its condition, or what to do. Raises SettingsError where `serve` wouldn't start."""
    folder = find_folder(data)
    if not folder.is_there():
        require_nothing_begun(folder)
        return name_condition(None, datetime.now(UTC))
    from server.certificates.serving import open_context, read_served

    served, now = read_served(folder), datetime.now(UTC)
    open_context(folder, now)
    return warn(served.ends, now) or name_condition(served.ends, now)
