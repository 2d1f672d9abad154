"""Words of others in sentences of ours: cut, because whoever sent them chose their length."""

from typing import Final

MOST_CHARACTERS: Final = 80  # one line of a log; enough to recognise a name by


def quote(text: str) -> str:
    """The text in quotes with its invisible characters shown, cut to about a line."""
    shown = repr(text[:MOST_CHARACTERS])
    return shown if len(text) <= MOST_CHARACTERS else f"{shown}…"
