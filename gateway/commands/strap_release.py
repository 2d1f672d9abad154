"""`doseline-gateway strap release`: a person has looked at a strap; its next address counts."""

import argparse
import sys
from pathlib import Path

from gateway.address_key import load_address_hash
from gateway.errors import JournalError
from gateway.journal.folder import JournalFolder
from gateway.straps.first_use_file import (
    FILE_NAME,
    KEY_NAME,
    load_first_uses,
    save_first_uses,
)
from protocol.identifiers import parse_strap_id


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The folder and the strap."""
    parser.add_argument("--journal", type=Path, required=True, metavar="DIR", help="its folder")
    parser.add_argument("--serial", required=True, help="the strap, as printed on its sensor")


def run(arguments: argparse.Namespace) -> int:
    """Forget where a strap was first met. Raises GatewayError, also while a gateway runs."""
    strap, path = parse_strap_id(arguments.serial), arguments.journal
    if not (path / FILE_NAME).is_file():
        raise JournalError(f"no strap was ever met with the journal in {path}")
    with JournalFolder(path):
        hash_address = load_address_hash(path / KEY_NAME)
        known = load_first_uses(path / FILE_NAME, hash_address)
        if strap not in known:
            met = ", ".join(sorted(known)) or "none"
            raise JournalError(f"strap {strap} was never met here; these were: {met}")
        del known[strap]
        try:
            save_first_uses(path / FILE_NAME, hash_address, known)
        except OSError as error:
            raise JournalError(f"cannot write {path / FILE_NAME}: {error.strerror}") from error
    sys.stdout.write(f"strap {strap}: its next use is taken for its first\n")
    return 0
