"""`certs renew`: a new certificate by the same authority, which tablets trust already."""

import sys
from argparse import ArgumentParser, Namespace
from datetime import UTC, datetime

from server.certificates.files import keep_server, read_authority
from server.certificates.making import make_server_certificate
from server.certificates.serving import read_served
from server.commands.certs_arguments import (
    add_folder_arguments,
    add_name_arguments,
    read_folder,
    read_given_names,
    read_trust_port,
)
from server.commands.certs_names import choose_names
from server.commands.certs_words import describe
from server.errors import SettingsError


def add_arguments(parser: ArgumentParser) -> None:
    add_folder_arguments(parser)
    add_name_arguments(parser)


def run(arguments: Namespace) -> int:
    folder = read_folder(arguments)
    given, port = read_given_names(arguments), read_trust_port(arguments)
    if not folder.is_there():
        raise SettingsError(f"{folder.path} has no certificate yet; certs init makes one")
    authority, now = read_authority(folder), datetime.now(UTC)
    names = choose_names(folder, authority, given)
    keep_server(folder, make_server_certificate(authority, names, now))
    sys.stdout.write(describe(folder, read_served(folder), now, port))
    sys.stdout.write("doseline-server serve takes it within a minute, without a restart\n")
    return 0
