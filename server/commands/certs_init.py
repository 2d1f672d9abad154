"""`certs init`: an authority of the study's own, and this machine's certificate."""

import socket
import sys
from argparse import ArgumentParser, Namespace
from datetime import UTC, datetime

from server.certificates.files import keep_authority, keep_server, read_authority
from server.certificates.making import make_authority, make_server_certificate
from server.certificates.names import Names
from server.certificates.place import CertificateFolder
from server.certificates.serving import read_served
from server.certificates.this_machine import read_names
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
    if folder.path.exists() and not folder.is_interrupted():
        raise SettingsError(
            f"{folder.path} is there already: certs renew makes a new certificate that tablets go"
            " on trusting; for a new authority, which each must trust anew, move the folder away"
        )
    now = datetime.now(UTC)
    if folder.authority_certificate.exists():
        _complete(folder, given, now)
    else:
        _make(folder, given, now)
    sys.stdout.write(describe(folder, read_served(folder), now, port))
    return 0


def _make(folder: CertificateFolder, given: Names, now: datetime) -> None:
    """Both anew: what a cut-off init left without an authority's certificate, nobody trusts."""
    names = given | read_names()
    authority = make_authority(socket.gethostname(), names, now)
    server = make_server_certificate(authority, names, now)
    keep_authority(folder, authority)
    keep_server(folder, server)


def _complete(folder: CertificateFolder, given: Names, now: datetime) -> None:
    """The certificate alone: the authority of an init that was cut off, a tablet may trust."""
    authority = read_authority(folder)
    names = choose_names(folder, authority, given)
    keep_server(folder, make_server_certificate(authority, names, now))
    sys.stdout.write("an earlier certs init was cut off; its authority is kept\n")
