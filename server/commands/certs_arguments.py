"""The arguments that the certs commands share."""

import os
from argparse import ArgumentParser, Namespace
from pathlib import Path

from server.certificates.addresses import SUGGESTED_TRUST_PORT
from server.certificates.names import Names, parse_address, parse_dns_name
from server.certificates.place import CertificateFolder, find_folder
from server.db.data_directory import find_data_directory
from server.errors import SettingsError
from server.settings import read_port


def add_folder_arguments(parser: ArgumentParser) -> None:
    """`--data` and the port that the code names."""
    parser.add_argument("--data", type=Path, metavar="DIR", help="data directory that init made")
    parser.add_argument(
        "--trust-port",
        metavar="P",
        help=f"port of the page that the code leads to (default {SUGGESTED_TRUST_PORT})",
    )


def add_name_arguments(parser: ArgumentParser) -> None:
    """`--name` and `--address`."""
    parser.add_argument(
        "--name",
        action="append",
        default=[],
        metavar="NAME",
        help="another name of this machine, as gym.local; may be given again",
    )
    parser.add_argument(
        "--address",
        action="append",
        default=[],
        metavar="IP",
        help="another address of this machine, as 192.168.1.20; may be given again",
    )


def read_folder(arguments: Namespace) -> CertificateFolder:
    """The certs folder of an existing data directory. Raises SettingsError."""
    given = arguments.data or os.environ.get("DOSELINE_DATA")
    if not given:
        raise SettingsError("--data (or DOSELINE_DATA) is needed")
    if find_data_directory(Path(given)) is None:
        raise SettingsError(f"{given} is no data directory; doseline-server init makes one")
    return find_folder(Path(given))


def read_trust_port(arguments: Namespace) -> int:
    """The port that the code names. Raises SettingsError."""
    given = arguments.trust_port or os.environ.get("DOSELINE_TRUST_PORT")
    return SUGGESTED_TRUST_PORT if given is None else read_port(given, "--trust-port")


def read_given_names(arguments: Namespace) -> Names:
    """Names and addresses of the command line. Raises SettingsError."""
    return Names(
        tuple(parse_dns_name(one) for one in arguments.name),
        tuple(parse_address(one) for one in arguments.address),
    )
