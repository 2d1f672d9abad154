"""What the data didn't allow: each with the sentence that says why."""

import re
from typing import Final

from server.analysis.report.column_words import name_outcome
from server.analysis.report.content import Content
from server.analysis.report.document import Grid, Section

_CODES: Final = re.compile(r"\bP\d{2,}\b(?:, P\d{2,}\b)*")  # pseudonyms stay out of a report


def write_refused(content: Content) -> Section | None:
    """None where everything could be computed."""
    refusals = content.analysis.refusals
    if not refusals:
        return None
    rows = tuple(
        (one.analysis.replace("_", " "), name_outcome(one.outcome), _withhold_codes(one.why))
        for one in refusals
    )
    grid = Grid("Nothing stands in their place.", ("analysis", "outcome", "why"), rows)
    return Section("What could not be computed", (grid,))


def _withhold_codes(sentence: str) -> str:
    return _CODES.sub(lambda found: _tell_number(1 + found.group().count(",")), sentence)


def _tell_number(n: int) -> str:
    return "one participant" if n == 1 else f"{n} participants"
