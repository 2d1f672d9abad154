"""A checklist as text and as rows, to be copied into a manuscript. Pure."""

from collections.abc import Iterator, Sequence
from typing import Final

from server.analysis.reporting.answers import Answer, count_states
from server.analysis.reporting.checklist import Checklist
from server.analysis.reporting.facts import StudyFacts

HEAD: Final = ("item", "section", "what it asks", "state", "what is said", "from")
SIMULATED: Final = "SIMULATED: no person stands behind these numbers."
KEEP_FROM: Final = "The data aren't locked: keep this from whoever must not know what each arm has."


def write_checklist_text(checklist: Checklist, answers: Sequence[Answer], facts: StudyFacts) -> str:
    """Lines of words alone: a heading, then each item with its state."""
    lines = [*list_head(checklist, answers, facts), ""]
    for one in answers:
        lines.append(f"{one.item.number}  [{one.state.value}]  {one.item.asks}")
        if one.words:
            lines.append(f"    {one.words}")
        if one.where:
            lines.append(f"    From: {one.where}")
    return "\n".join(lines) + "\n"


def list_head(checklist: Checklist, answers: Sequence[Answer], facts: StudyFacts) -> Iterator[str]:
    """Name, counts, source; that it is simulated, and that it isn't for everybody yet."""
    yield checklist.name
    if facts.is_simulated:
        yield SIMULATED
    elif not facts.is_locked:
        yield KEEP_FROM
    yield ", ".join(f"{state.value}: {n}" for state, n in count_states(answers).items())
    yield f"{checklist.source}. doi:{checklist.doi}"
    yield checklist.numbering


def list_rows(answers: Sequence[Answer]) -> list[tuple[str, ...]]:
    """A row an item, as HEAD has it."""
    return [
        (one.item.number, one.item.section, one.item.asks, one.state.value, one.words, one.where)
        for one in answers
    ]
