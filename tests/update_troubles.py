"""Writes what the tablet's practice can go through: `python -m tests.update_troubles`.

A test compares it with the one list, protocol/evening_troubles.py.
"""

from pathlib import Path
from typing import Final

from protocol.evening_troubles import EVENING_TROUBLES

LISTED: Final = Path(__file__).resolve().parents[1] / "server/web/tablet/practice/core/troubles.js"
HEAD: Final = """\
// What can go wrong in a practised evening: made by `python -m tests.update_troubles` from
// protocol/evening_troubles.py, which simulated evenings are held to. Not edited by hand. Pure.

/** `concerns`: one woman, a pair, or everybody; `ends`: somebody in the room can put it right. */
export const TROUBLES = [
"""


def render_troubles() -> str:
    """The module's text."""
    rows = [
        f'  {{ name: "{one.name}", concerns: "{one.concerns}", ends: {str(one.ends).lower()} }},'
        for one in EVENING_TROUBLES
    ]
    return HEAD + "\n".join(rows) + "\n];\n"


if __name__ == "__main__":
    LISTED.write_text(render_troubles(), encoding="utf-8")
