"""`certs show`: whom the certificate is for, how long it holds, how tablets come to trust it."""

import json
import sys
from argparse import ArgumentParser, Namespace
from datetime import UTC, datetime

from server.certificates.addresses import make_trust_url
from server.certificates.condition import count_days_left, name_condition
from server.certificates.fingerprint import group_fingerprint
from server.certificates.serving import read_served
from server.commands.certs_arguments import add_folder_arguments, read_folder, read_trust_port
from server.commands.certs_words import describe
from server.errors import SettingsError


def add_arguments(parser: ArgumentParser) -> None:
    add_folder_arguments(parser)
    parser.add_argument("--json", action="store_true", help="one JSON document")


def run(arguments: Namespace) -> int:
    folder, port = read_folder(arguments), read_trust_port(arguments)
    if not folder.is_there():
        raise SettingsError(f"{folder.path} has no certificate yet; certs init makes one")
    served, now = read_served(folder), datetime.now(UTC)
    if not arguments.json:
        sys.stdout.write(describe(folder, served, now, port))
        return 0
    shown = {
        "condition": name_condition(served.ends, now),
        "names": list(served.names.dns),
        "addresses": [str(one) for one in served.names.addresses],
        "valid_until": served.ends.isoformat(),
        "days_left": count_days_left(served.ends, now),
        "authority_sha256": "".join(group_fingerprint(served.authority_der)).replace(" ", ""),
        "authority": str(folder.authority_certificate),
        "trust": make_trust_url(served.names, port),
    }
    sys.stdout.write(json.dumps(shown) + "\n")
    return 0
