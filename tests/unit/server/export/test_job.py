"""An export goes one way: counted, looked at, built, taken; and fails only while it runs."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.export.dataset.analysis_records import AnalysisHashes
from server.export.dataset.building import Survey
from server.export.dataset.disclosure import Disclosure
from server.export.dataset.holding_apart import HeldApart
from server.export.dataset.manifest import Provenance
from server.export.dataset.ordering import Choice
from server.export.job import KEPT_NS, Failure, Job, Made, Stage, Trouble
from server.study.told_parts import Part

NOBODY = Disclosure((), None, 0)
PROVENANCE = Provenance(
    "csv", "lab", False, (), None, {}, (), {}, NOBODY, NOBODY, None, {}, "00",
    HeldApart(Part.OUTCOMES), AnalysisHashes(),
)  # fmt: skip
SURVEY = Survey((), PROVENANCE, {})
MADE = Made(SURVEY, "ab", 1)
NEW = Job("x", "rana", Choice("csv", "lab", frozenset()), 100)
STEPS: dict[str, Callable[[Job, int], Job]] = {
    "table": lambda job, _at: job.tell_table("dose", 3),
    "counted": lambda job, at: job.end_counting(SURVEY, at),
    "build": lambda job, at: job.begin_building(at),
    "built": lambda job, at: job.end_building(MADE, at),
    "fail": lambda job, at: job.fail(Failure(Trouble.DISK), at),
}
# Stage -> what may come next, and what it leads to: as the page tells it.
ALLOWED = {
    Stage.COUNTING: {
        "table": Stage.COUNTING,
        "counted": Stage.COUNTED,
        "fail": Stage.FAILED,
    },
    Stage.COUNTED: {"build": Stage.BUILDING},
    Stage.BUILDING: {"table": Stage.BUILDING, "built": Stage.READY, "fail": Stage.FAILED},
    Stage.READY: {},
    Stage.FAILED: {},
}


@given(st.lists(st.sampled_from(sorted(STEPS)), max_size=12))
def test_every_step_leads_where_it_may_or_nowhere(steps: list[str]) -> None:
    job = NEW
    for at, step in enumerate(steps, start=101):
        expected = ALLOWED[job.stage].get(step)
        if expected is None:
            with pytest.raises(ValueError, match="can't go on"):
                STEPS[step](job, at)
            continue
        before, job = job, STEPS[step](job, at)
        assert job.stage is expected
        assert (job.made is not None) is (job.stage is Stage.READY)
        assert (job.failure is not None) is (job.stage is Stage.FAILED)
        if step == "table":
            assert job.progress == (*before.progress, ("dose", 3))
        if step == "build":
            assert (job.progress, job.moved_wall_ns) == ((), at)


def test_it_is_over_a_day_after_it_was_done_and_never_while_it_runs() -> None:
    counted = NEW.end_counting(SURVEY, 200)
    ready = counted.begin_building(300).end_building(MADE, 400)
    failed = NEW.fail(Failure(Trouble.OTHER, "x"), 500)
    assert (ready.is_over(399 + KEPT_NS), ready.is_over(400 + KEPT_NS)) == (False, True)
    assert (counted.is_over(200 + KEPT_NS), failed.is_over(500 + KEPT_NS)) == (True, True)
    for running in (NEW, counted.begin_building(300)):
        assert not running.is_over(10 * KEPT_NS)
