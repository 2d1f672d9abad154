"""The baseline table (the study's Table 2): both arms, with standardised differences."""

from collections.abc import Iterator

import numpy as np

from server.analysis.methods.baseline_category import BaselineCategory
from server.analysis.methods.design import TRAINING
from server.analysis.methods.independent_t import IndependentT
from server.analysis.report.column_words import name_column, name_word
from server.analysis.report.content import Content
from server.analysis.report.document import Block, Grid, Section, Text, join_notes
from server.analysis.report.number_words import write_mean_sd, write_number, write_p

_HEAD = ("measure", "training", "control", "standardised difference", "t", "p")


def write_baseline(content: Content) -> Section | None:
    """None where no column could be compared."""
    numbers = list(content.find(IndependentT, None))
    words = list(content.find(BaselineCategory, None))
    if not numbers and not words:
        return None
    rows = [_tell(content, one) for one in numbers]
    rows += [row for one in words for row in _list_words(one)]
    sentence = (
        "Mean \u00b1 SD, or number (%). Chance alone makes baseline differences under random"
        " allocation; the standardised difference tells their size, and p says nothing of their"
        " importance."
    )
    blocks: tuple[Block, ...] = (
        Grid("Participants at baseline.", _HEAD, tuple(rows)),
        Text(sentence),
        *join_notes([one.notes for one in (*numbers, *words)]),
    )
    return Section("Baseline", blocks)


def _tell(content: Content, one: IndependentT) -> tuple[str, ...]:
    return (
        _name(content, one.measure),
        _tell_arm(content, one.measure, is_training=True),
        _tell_arm(content, one.measure, is_training=False),
        write_number(one.standardised_difference),
        f"{write_number(one.t)} ({one.df})",
        write_p(one.p),
    )


def _list_words(one: BaselineCategory) -> Iterator[tuple[str, ...]]:
    """A row for the whole, and one for each word below it."""
    distance = write_number(one.standardised_difference)
    of = (f"(n = {one.n_training})", f"(n = {one.n_control})")
    yield (name_column(one.measure), *of, distance, "", "")
    for level in one.levels:
        yield (
            f"\u2003{name_word(one.measure, level.name)}",
            _write_share(level.n_training, one.n_training),
            _write_share(level.n_control, one.n_control),
            "", "", "",
        )  # fmt: skip


def _write_share(count: int, of: int) -> str:
    return f"{count} ({100 * count / of:.0f} %)"


def _name(content: Content, column: str) -> str:
    """An outcome's column has the unit that the outcome has."""
    for outcome in content.plan.outcomes:
        unit = content.tell_unit(outcome)
        if column == f"{outcome}_pre" and unit:
            return f"{name_column(column)} ({unit})"
    return name_column(column)


def _tell_arm(content: Content, name: str, *, is_training: bool) -> str:
    column = content.frame.take(name)
    of_arm = np.array([(arm == TRAINING) is is_training for arm in content.frame.group])
    values = column[of_arm & ~np.isnan(column)]
    spread = float(values.std(ddof=1)) if values.size > 1 else None
    return f"{write_mean_sd(float(values.mean()), spread)} (n = {values.size})"
