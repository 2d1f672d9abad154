"""Who was entered, came, and was analysed; and what of it nobody wrote down here."""

from typing import Final

from server.analysis.report.content import Content
from server.analysis.report.document import Block, Grid, Notes, Section, Text
from server.analysis.report.figures.flow import draw_flow
from server.analysis.reporting.flow import list_rows

_LEFT_OUT: Final = (
    "Numbers of each arm are left out until the data are locked, and so are harms and delivery:"
    " only one arm has them."
)


def write_flow(content: Content) -> Section | None:
    """None where rows come from a file: a file knows nobody's way into it."""
    if content.reporting is None:
        return None
    flow = content.reporting.draw_up_flow()
    figure = draw_flow(flow)
    blocks: list[Block] = [] if figure is None else [figure]
    blocks.append(
        Grid("Participant flow, in words.", ("box", "arm", "what is known"), tuple(list_rows(flow)))
    )
    if flow.arms is None:
        blocks.append(Notes((_LEFT_OUT,)))
    blocks.append(Text(_tell_ledger(content)))
    return Section("Participant flow", tuple(blocks))


def _tell_ledger(content: Content) -> str:
    if content.reporting is None:
        return ""
    n, digest = content.reporting.facts.ledger
    head = f", the last with the hash {digest}" if digest else ""
    return (
        f"Attendance and events are those of the ledger as it was read: {n} entries{head}."
        " Outcomes are those of the locked data, once they are locked."
    )
