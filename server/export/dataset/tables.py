"""Every table of the dataset, with what reads its rows; another one is one more line."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from server.export.dataset.sources import (
    adverse_events,
    analysis,
    attendance,
    course,
    dose,
    lost_time,
    measurements,
    next_day,
    participants,
    ratings,
    repetition_counts,
    samples,
    sessions,
    sets,
    weeks,
)
from server.export.dataset.study_view import StudyView
from server.export.dataset.table import Row, Table


@dataclass(frozen=True, slots=True)
class Source:
    """A table and its rows, in the order of its key."""

    table: Table
    read: Callable[[StudyView], Iterator[Row]]


ALL: Final = tuple(
    Source(one.TABLE, one.read)
    for one in (
        participants,
        measurements,
        samples,
        analysis,
        course,
        weeks,
        sessions,
        attendance,
        ratings,
        sets,
        dose,
        repetition_counts,
        lost_time,
        adverse_events,
        next_day,
    )
)
