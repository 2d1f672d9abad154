"""Interruptions, reductions and early ends, counted with their reasons.

In the words of Nilsen 2018 (MSSE 50:1134, table 2) and Fairman 2020 (MSSE 52:315): one or two
sessions missed in a row are missed, three or more are a dose interruption; a dose modification is
a session with less than was prescribed; none any more to the end is permanent discontinuation.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from server.dose.adherence.records import SessionRecord

INTERRUPTED_FROM: Final = 3  # sessions missed in a row (Nilsen 2018, Fairman 2020)
NOT_RECORDED: Final = "not_recorded"


@dataclass(frozen=True, slots=True)
class Counted:
    """How often, and by reason: a session with two reasons counts once in `n`, and by each."""

    n: int
    reasons: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Tolerance:
    """`missed` is every session that she is known to have missed, whatever run it belongs to.

    `interruptions` counts runs that ended with her coming again. `discontinued_after` is her last
    session where she missed all from then to the course's end, at least three; None else, also
    while the course goes on.
    """

    missed: Counted
    interruptions: Counted
    modifications: Counted
    early_terminations: Counted
    discontinued_after: int | None
    discontinued_reasons: Mapping[str, int]


def count_tolerance(records: Sequence[SessionRecord], n_planned: int) -> Tolerance:
    """Of one person; `n_planned` sessions make the whole course. A session that nobody knows of
    is no missed one, and ends a run."""
    ordered = sorted(records, key=lambda one: one.session)
    runs = _list_runs(ordered)
    is_over = bool(ordered) and ordered[-1].session >= n_planned
    last = runs[-1] if runs and is_over and runs[-1][-1] is ordered[-1] else []
    is_discontinued = len(last) >= INTERRUPTED_FROM
    returned = [run for run in runs if run[-1] is not ordered[-1]]
    interrupted = [run for run in returned if len(run) >= INTERRUPTED_FROM]
    return Tolerance(
        missed=_count([[one.why] for one in ordered if one.attended is False]),
        interruptions=_count([list(dict.fromkeys(one.why for one in run)) for run in interrupted]),
        modifications=_count(
            [list(dict.fromkeys(c.reason for c in one.modified)) for one in ordered if one.modified]
        ),
        early_terminations=_count([[one.terminated.reason] for one in ordered if one.terminated]),
        discontinued_after=last[0].session - 1 if is_discontinued else None,
        discontinued_reasons=_count([[one.why] for one in last]).reasons if is_discontinued else {},
    )


def _list_runs(ordered: Sequence[SessionRecord]) -> list[list[SessionRecord]]:
    """Sessions missed one after the other."""
    runs: list[list[SessionRecord]] = []
    before: SessionRecord | None = None
    for one in ordered:
        if one.attended is False:
            goes_on = before is not None and before.attended is False
            if goes_on and before is not None and one.session == before.session + 1:
                runs[-1].append(one)
            else:
                runs.append([one])
        before = one
    return runs


def _count(reasons: Sequence[Sequence[str | None]]) -> Counted:
    by_reason = Counter(reason or NOT_RECORDED for each in reasons for reason in each)
    return Counted(len(reasons), dict(by_reason))
