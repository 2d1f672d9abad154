"""What the data didn't allow: each with the sentence that says why."""

from server.analysis.report.column_words import name_outcome
from server.analysis.report.content import Content
from server.analysis.report.document import Grid, Section


def write_refused(content: Content) -> Section | None:
    """None where everything could be computed."""
    refusals = content.analysis.refusals
    if not refusals:
        return None
    rows = tuple(
        (one.analysis.replace("_", " "), name_outcome(one.outcome), one.why) for one in refusals
    )
    grid = Grid("Nothing stands in their place.", ("analysis", "outcome", "why"), rows)
    return Section("What could not be computed", (grid,))
