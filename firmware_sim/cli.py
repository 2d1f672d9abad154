"""`doseline-sim`: the table of its commands."""

import sys
from collections.abc import Sequence

from firmware_sim.errors import SimulatorError
from protocol.commands import Command, dispatch
from protocol.errors import ProtocolError

COMMANDS = (
    Command(
        "demo",
        "firmware_sim.commands.demo",
        "Server, gateway and fifteen simulated straps on this machine, live in a browser.",
        "doseline-sim demo",
    ),
    Command(
        "straps",
        "firmware_sim.commands.straps",
        "Simulated straps on a virtual radio that serves standard HCI over TCP.",
        "doseline-sim straps --count 15 --listen 127.0.0.1:0",
    ),
    Command(
        "rehearse",
        "firmware_sim.commands.rehearse",
        "The whole chain as three processes, then a verdict on every byte.",
        "doseline-sim rehearse --straps 15 --seconds 60 --out ./out",
    ),
    Command(
        "course",
        "firmware_sim.commands.course",
        "Eight weeks of simulated sessions through the tablet's API, then a verdict on the ledger.",
        "doseline-sim course --out ./course",
    ),
    Command(
        "trial",
        "firmware_sim.commands.trial",
        "A whole simulated eight-week trial as a data directory of the server.",
        "doseline-sim trial --out ./trial",
    ),
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    words = sys.argv[1:] if argv is None else argv
    about = "Simulated straps, their wearers and their radio. Everything it makes is simulated."
    return dispatch("doseline-sim", about, COMMANDS, words, (SimulatorError, ProtocolError))
