"""`doseline-sim demo`: server, gateway and simulated straps on this machine, live in a browser."""

import argparse
import errno
import os
import platform
import socket
import sys
import threading
import webbrowser
from collections.abc import Callable
from pathlib import Path

from firmware_sim.commands.seconds_argument import parse_seconds
from firmware_sim.errors import SimulatorError
from firmware_sim.rehearsal.chain_commands import LOOPBACK
from firmware_sim.rehearsal.chain_plan import ChainPlan
from firmware_sim.rehearsal.demo_session import DemoFacts, DemoSession
from firmware_sim.rehearsal.interruption import run_interruptibly
from firmware_sim.scenario.scenario import MAX_STRAPS

DEFAULT_PORT = 8000
DEFAULT_FOLDER = Path("doseline-demo")
MARK = "doseline-demo.txt"  # every demo's folder has it from its first moment on
MARK_SAYS = "Made by 'doseline-sim demo': SIMULATED data only. This folder may be deleted.\n"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where, for how long, how many."""
    parser.add_argument(
        "--data",
        type=Path,
        default=DEFAULT_FOLDER,
        help=f"folder of the demo study, kept for next time (default: ./{DEFAULT_FOLDER})",
    )
    parser.add_argument(
        "--port",
        type=int,
        default=DEFAULT_PORT,
        help=f"of the live page; 0 is any free one (default: {DEFAULT_PORT})",
    )
    parser.add_argument("--straps", type=int, default=15, help="how many (default: 15)")
    parser.add_argument("--seconds", type=parse_seconds, help="end by itself after so long")
    parser.add_argument("--no-browser", action="store_true", help="print the address only")


def run(arguments: argparse.Namespace) -> int:
    """Run until Ctrl-C, or for `--seconds`; 0 either way. Raises SimulatorError."""
    if not 1 <= arguments.straps <= MAX_STRAPS:
        raise SimulatorError(f"--straps {arguments.straps}: from 1 to {MAX_STRAPS}")
    _check_port(arguments.port)
    folder = _prepare_folder(arguments.data)
    plan = ChainPlan(
        n_straps=arguments.straps,
        port=arguments.port or None,
        keeps_truth=False,
        backs_up=True,
        has_participants=True,
    )
    session = DemoSession(plan, folder)

    def tell(facts: DemoFacts) -> None:
        sys.stdout.write(describe(facts, arguments.seconds))
        sys.stdout.flush()
        if not arguments.no_browser and _has_screen():
            # A daemon: some browsers return only when they are closed, and Ctrl-C must not wait.
            threading.Thread(target=show, args=(facts.live_page,), daemon=True).start()

    sys.stdout.write("starting straps, gateway and server …\n")
    sys.stdout.flush()
    try:
        run_interruptibly(session.run(arguments.seconds, tell))
    except KeyboardInterrupt:
        sys.stdout.write("\n")
    sys.stdout.write("stopped: gateway, server and straps have ended\n")
    return 0


def show(live_page: str, open_page: Callable[[str], bool] = webbrowser.open) -> None:
    """Open it in a browser, or say that a person has to."""
    try:
        is_open = open_page(live_page)
    except (webbrowser.Error, OSError):
        is_open = False
    if not is_open:
        sys.stdout.write(f"no browser could be opened here: open {live_page} in one yourself\n")
        sys.stdout.flush()


def describe(facts: DemoFacts, seconds: float | None) -> str:
    """What runs and where to look, in plain words."""
    end = "Ctrl-C stops all three." if seconds is None else f"Ends by itself after {seconds:g} s."
    return f"""
Everything you see is SIMULATED: {facts.n_straps} straps and their wearers are made up by a program.

  the trainer's tablet   {facts.tablet_page}
  live page              {facts.live_page}
  sign in there as       {facts.trainer.name}, PIN {facts.trainer.pin}
  the gateway's own page {facts.gateway_page}
  the study's folder     {facts.folder}

{_describe_past(facts.n_played)}\
Three programs run on this machine: the straps on a virtual radio, the gateway that records
them, and the server that archives and shows them. They answer on this machine only.

The programs were up after {facts.started_after_s:.1f} s, the first heart rate was live after \
{facts.first_tile_after_s:.1f} s.
{end}
"""


def _describe_past(n_played: int) -> str:
    """Why there is a history."""
    if n_played == 0:
        return ""
    return (
        f"The {n_played} sessions before tonight's are made up as well, and were entered just now"
        " through the\nAPI that the tablet uses. What straps sent in them follows within minutes,"
        " newest first.\n\n"
    )


def _check_port(port: int) -> None:
    if not 0 <= port <= 65_535:
        raise SimulatorError(f"--port {port}: from 1 to 65535, or 0 for any free one")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError as error:
            is_taken = error.errno == errno.EADDRINUSE
            reason = "another program has it" if is_taken else error.strerror
            raise SimulatorError(
                f"port {port} can't be used ({reason}): take any free one with --port 0"
                " (make demo DEMO_ARGS='--port 0')"
            ) from None


def _prepare_folder(folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        is_empty = not any(folder.iterdir())
        if is_empty:
            (folder / MARK).write_text(MARK_SAYS, encoding="utf-8")
    except OSError as error:
        raise SimulatorError(f"--data {folder} can't be used: {error.strerror}") from error
    if not is_empty and not (folder / MARK).is_file():
        raise SimulatorError(
            f"--data {folder} holds something that is no demo: name a new folder or an earlier demo"
        )
    return folder.resolve()


def _has_screen() -> bool:
    """A browser in a terminal would take the demo's place."""
    has_window_system = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    return bool(has_window_system) or platform.system() != "Linux"
