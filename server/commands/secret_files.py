"""Passwords and PINs that a command is given in a file, or makes and tells once.

In a file, so that no list of processes and no shell history shows them.
"""

import json
import sys
from argparse import ArgumentParser, Namespace
from getpass import getpass
from pathlib import Path
from typing import Final

from server.errors import SettingsError
from server.people.credentials import check_password, check_pin, mint_password, mint_pin

_MAX_BYTES: Final = 1024  # a secret and a line's end; whatever is longer is another file


def add_password_file(parser: ArgumentParser) -> None:
    """`--password-file`."""
    parser.add_argument(
        "--password-file",
        type=Path,
        metavar="F",
        help="file with the password in its only line; without it one is made and printed once",
    )


def add_known_password_file(parser: ArgumentParser) -> None:
    """`--password-file` of somebody who has one: see `ask_password`."""
    parser.add_argument(
        "--password-file",
        type=Path,
        metavar="F",
        help="file with her password in its only line; without it she is asked",
    )


def add_pin_file(parser: ArgumentParser) -> None:
    """`--pin-file`."""
    parser.add_argument(
        "--pin-file",
        type=Path,
        metavar="F",
        help="file with a PIN of six digits; without it one is made and printed once",
    )


class Secrets:
    """The secrets of one command: those made here are told, those from files are not."""

    def __init__(self, arguments: Namespace, name: str) -> None:
        self._arguments = arguments
        self._name = name
        self._made: dict[str, str] = {}

    def choose_password(self) -> str:
        """From the file, or a new one. Raises SettingsError or RuleError."""
        path = self._arguments.password_file
        if path is not None:
            return check_password(read_secret(path), self._name)
        return self._made.setdefault("password", mint_password())

    def choose_pin(self) -> str:
        """From the file, or a new one. Raises SettingsError or RuleError."""
        path = self._arguments.pin_file
        if path is not None:
            return check_pin(read_secret(path))
        return self._made.setdefault("pin", mint_pin())

    def tell(self, said: str, *, as_json: bool) -> str:
        """What the command prints when all is stored."""
        if as_json:
            return json.dumps({"name": self._name, **self._made}) + "\n"
        lines = [f"  {kind:<9} {secret}\n" for kind, secret in self._made.items()]
        once = "Shown this once: write it down, or hand it over now.\n" if lines else ""
        return f"{said}\n{''.join(lines)}{once}"


def ask_password(name: str, file: Path | None) -> str:
    """Of a file, else of who sits there. Raises SettingsError."""
    if file is not None:
        return read_secret(file)
    if not sys.stdin.isatty():
        raise SettingsError("there is nobody to ask for the password; give --password-file")
    return getpass(f"Password of {name}: ")


def read_secret(path: Path) -> str:
    """The one line of a file. Raises SettingsError."""
    try:
        with path.open("rb") as file:
            text = file.read(_MAX_BYTES + 1).decode("utf-8")
    except OSError as error:
        raise SettingsError(f"can't read {path}: {error.strerror}") from None
    except UnicodeDecodeError:
        text = ""
    secret = text.removesuffix("\n").removesuffix("\r")
    if not secret or "\n" in secret or len(text) > _MAX_BYTES:
        raise SettingsError(f"{path} must hold one line with the secret, and nothing else")
    return secret
