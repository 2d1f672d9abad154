"""The baseline table (the study's Table 2): both arms, with standardised differences."""

import numpy as np

from server.analysis.methods.design import TRAINING
from server.analysis.methods.independent_t import IndependentT
from server.analysis.report.content import Content
from server.analysis.report.document import Block, Grid, Section, Text, join_notes
from server.analysis.report.number_words import write_mean_sd, write_number, write_p

_HEAD = ("measure", "training", "control", "standardised difference", "t", "p")


def write_baseline(content: Content) -> Section | None:
    """None where no column could be compared."""
    found = list(content.find(IndependentT, None))
    if not found:
        return None
    rows = tuple(
        (
            one.measure,
            _tell_arm(content, one.measure, is_training=True),
            _tell_arm(content, one.measure, is_training=False),
            write_number(one.standardised_difference),
            f"{write_number(one.t)} ({one.df})",
            write_p(one.p),
        )
        for one in found
    )
    words = (
        "Mean \u00b1 SD. Chance alone makes baseline differences under random allocation; the"
        " standardised difference tells their size, and p says nothing of their importance."
    )
    blocks: tuple[Block, ...] = (
        Grid("Participants at baseline.", _HEAD, rows),
        Text(words),
        *join_notes([one.notes for one in found]),
    )
    return Section("Baseline", blocks)


def _tell_arm(content: Content, name: str, *, is_training: bool) -> str:
    column = content.frame.take(name)
    of_arm = np.array([(arm == TRAINING) is is_training for arm in content.frame.group])
    values = column[of_arm & ~np.isnan(column)]
    spread = float(values.std(ddof=1)) if values.size > 1 else None
    return f"{write_mean_sd(float(values.mean()), spread)} (n = {values.size})"
