"""`doseline-gateway`: the table of its commands."""

import sys
from collections.abc import Sequence

from gateway.errors import GatewayError
from protocol.commands import Command, dispatch
from protocol.errors import ProtocolError

COMMANDS = (
    Command(
        "run",
        "gateway.commands.run",
        "Collect from the straps on the roster, journal, and upload until stopped.",
        "doseline-gateway run --server http://127.0.0.1:8000 --token-file gym.token --journal ./j",
    ),
    Command(
        "decode",
        "gateway.commands.decode",
        "Decode values of a strap, given as hex, to one JSON object a line.",
        "doseline-gateway decode --service hrs 104a4103",
    ),
    Command(
        "doctor",
        "gateway.commands.doctor",
        "Look at every strap in reach and say what each can do and what to mend.",
        "doseline-gateway doctor --seconds 30",
    ),
    Command(
        "survey",
        "gateway.commands.survey",
        "Say whether this machine's radios are enough for a number of straps.",
        "doseline-gateway survey --straps 15",
    ),
    Command(
        "journal status",
        "gateway.commands.journal_status",
        "Count what the journal holds and what the server has acknowledged.",
        "doseline-gateway journal status --journal ./journal",
    ),
    Command(
        "journal verify",
        "gateway.commands.journal_verify",
        "Check every entry of the journal against its hash.",
        "doseline-gateway journal verify --journal ./journal",
    ),
    Command(
        "journal salvage",
        "gateway.commands.journal_salvage",
        "Copy the readable rows out of a damaged journal without changing it.",
        "doseline-gateway journal salvage --journal ./journal",
    ),
    Command(
        "strap release",
        "gateway.commands.strap_release",
        "Forget at which address a strap was first met, once somebody has looked at it.",
        "doseline-gateway strap release --journal ./journal --serial 8C4CAD2F",
    ),
    Command(
        "check-config",
        "gateway.commands.check_config",
        "Print the settings in force, secrets masked.",
        "doseline-gateway check-config",
    ),
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    words = sys.argv[1:] if argv is None else argv
    about = "Collects what chest straps send and passes it on with nothing lost."
    return dispatch("doseline-gateway", about, COMMANDS, words, (GatewayError, ProtocolError))
