"""The flags that say which radio to use, for commands without a journal or a server."""

import argparse
import os

from gateway.settings import ENVIRONMENT_PREFIX


def add_radio_flags(parser: argparse.ArgumentParser) -> None:
    """Add them; what isn't given comes from the environment, as with `run`."""
    parser.add_argument(
        "--backend",
        metavar="DOTTED",
        default=os.environ.get(f"{ENVIRONMENT_PREFIX}BLE_BACKEND", ""),
        help="dotted path of another radio backend; empty: this system's",
    )
    parser.add_argument(
        "--radio",
        metavar="HOST:PORT",
        default=os.environ.get(f"{ENVIRONMENT_PREFIX}RADIO", ""),
        help="HOST:PORT for that backend",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def positive_seconds(text: str) -> float:
    """A time of at least one second; raises what argparse turns into a sentence."""
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 1 <= seconds <= 3600:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1 to 3600 (seconds)")
    return seconds
