"""`certs init`: an authority of the study's own, and this machine's certificate."""

import socket
import sys
from argparse import ArgumentParser, Namespace
from datetime import UTC, datetime

from server.certificates.files import keep_authority, keep_server
from server.certificates.making import make_authority, make_server_certificate
from server.certificates.serving import read_served
from server.certificates.this_machine import read_names
from server.commands.certs_arguments import (
    add_folder_arguments,
    add_name_arguments,
    read_folder,
    read_given_names,
    read_trust_port,
)
from server.commands.certs_words import describe
from server.errors import SettingsError


def add_arguments(parser: ArgumentParser) -> None:
    add_folder_arguments(parser)
    add_name_arguments(parser)


def run(arguments: Namespace) -> int:
    folder = read_folder(arguments)
    given, port = read_given_names(arguments), read_trust_port(arguments)
    if folder.path.exists():
        raise SettingsError(
            f"{folder.path} is there already: certs renew makes a new certificate that tablets go"
            " on trusting; for a new authority, which each must trust anew, move the folder away"
        )
    names, now = given | read_names(), datetime.now(UTC)
    authority = make_authority(socket.gethostname(), names, now)
    server = make_server_certificate(authority, names, now)
    keep_authority(folder, authority)
    keep_server(folder, server)
    sys.stdout.write(describe(folder, read_served(folder), now, port))
    return 0
