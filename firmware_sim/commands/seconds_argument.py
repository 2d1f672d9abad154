"""A length of time on the command line."""

from argparse import ArgumentTypeError

MAX_S = 86_400.0  # a day: nothing here is meant to run longer without being watched


def parse_seconds(text: str) -> float:
    """1 to 86400 seconds. Raises ArgumentTypeError."""
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 1 <= seconds <= MAX_S:
        raise ArgumentTypeError(f"{text!r} can't be used: give a number from 1 to {MAX_S:.0f}")
    return seconds
