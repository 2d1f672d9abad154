"""Annex: reporting checklists, item by item: what data say, and what still needs a sentence."""

from server.analysis.report.content import Content
from server.analysis.report.document import Block, Grid, Section, Text
from server.analysis.reporting.answers import Answer, count_states
from server.analysis.reporting.checklist import Checklist
from server.analysis.reporting.reporting import list_published

_HEAD = ("item", "what it asks", "state", "what is said", "from")
_WEIGHTS = (2, 8, 5, 17, 9)
_NOTHING = "\N{EN DASH}"


def write_checklists(content: Content) -> Section | None:
    """None where rows come from a file."""
    if content.reporting is None:
        return None
    blocks: list[Block] = [
        Text(
            "What each item asks is told here in our own words; the published lists are named"
            " beside. Where data don't say it, nothing is made up: the item needs a sentence, given"
            " with 'doseline-server reporting set' or on the page Reporting."
        )
    ]
    for checklist in list_published():
        answers = content.reporting.answer(checklist)
        blocks += [Text(_tell_head(checklist, answers)), _write_grid(checklist, answers)]
    return Section("Annex: reporting checklists", tuple(blocks))


def _tell_head(checklist: Checklist, answers: list[Answer]) -> str:
    counted = ", ".join(f"{state.value} {n}" for state, n in count_states(answers).items())
    return (
        f"{checklist.name} ({checklist.about}): {counted}. {checklist.source}."
        f" doi:{checklist.doi}. {checklist.numbering}"
    )


def _write_grid(checklist: Checklist, answers: list[Answer]) -> Grid:
    rows = tuple(
        (
            one.item.number,
            one.item.asks,
            one.state.value,
            one.words or _NOTHING,
            one.where or _NOTHING,
        )
        for one in answers
    )
    return Grid(f"{checklist.name}.", _HEAD, rows, _WEIGHTS)
