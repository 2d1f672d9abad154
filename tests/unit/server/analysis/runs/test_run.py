"""A run goes one way, and before the lock a blinded person sees rehearsals alone."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.analysis.runs.run import KEPT_NS, Failure, Made, Run, Stage, Step, Trouble
from server.analysis.study_data import Basis
from server.analysis.summary_check.finding import Finding, Verdict

MADE = Made(
    basis=Basis.LOCKED,
    data_sha256="aa",
    lock_sha256=None,
    plan_sha256="bb",
    n_control=15,
    n_training=15,
    seed=1,
    alpha=0.05,
    dose=None,
    versions={},
    n_results=3,
    refusals=(),
    findings=(),
    doses=(),
    dose_power=(),
)
NEW = Run("x", "rana", Basis.LOCKED, 100, 100)
STEPS: dict[str, Callable[[Run, int], Run]] = {
    "step": lambda run, at: run.begin_step(Step("ancova", "bdnf", at)),
    "expect": lambda run, _at: run.expect(40),
    "end": lambda run, at: run.end(MADE, at),
    "fail": lambda run, at: run.fail(Failure(Trouble.DISK), at),
    "read": lambda run, _at: run.read("mina"),
}
ALLOWED = {
    Stage.RUNNING: {
        "step": Stage.RUNNING,
        "expect": Stage.RUNNING,
        "end": Stage.READY,
        "fail": Stage.FAILED,
    },
    Stage.READY: {"read": Stage.READY},
    Stage.FAILED: {},
}


@given(st.lists(st.sampled_from(sorted(STEPS)), max_size=12))
def test_every_step_leads_where_it_may_or_nowhere(steps: list[str]) -> None:
    run = NEW
    for at, step in enumerate(steps, start=101):
        expected = ALLOWED[run.stage].get(step)
        if expected is None:
            with pytest.raises(ValueError, match="can't go on"):
                STEPS[step](run, at)
            continue
        run = STEPS[step](run, at)
        assert run.stage is expected
        assert (run.made is not None) is (run.stage is Stage.READY)
        assert (run.failure is not None) is (run.stage is Stage.FAILED)
        assert run.read_by <= {"mina"}


def test_nobody_has_read_what_somebody_else_has() -> None:
    done = NEW.end(MADE, 200)
    assert done.read_by == frozenset()
    assert done.read("mina").read("rana").read("mina").read_by == {"mina", "rana"}


def test_it_is_over_a_day_after_it_was_done_and_never_while_it_runs() -> None:
    done, failed = NEW.end(MADE, 400), NEW.fail(Failure(Trouble.OTHER, "x"), 500)
    assert (done.is_over(399 + KEPT_NS), done.is_over(400 + KEPT_NS)) == (False, True)
    assert failed.is_over(500 + KEPT_NS)
    assert not NEW.is_over(10 * KEPT_NS)


@pytest.mark.parametrize("basis", list(Basis))
@pytest.mark.parametrize("is_locked", [False, True])
@pytest.mark.parametrize("is_blinded", [False, True])
def test_who_is_shown_a_run(basis: Basis, is_locked: bool, is_blinded: bool) -> None:
    shown = is_locked or not is_blinded or basis is Basis.REHEARSAL
    begun = replace(NEW, basis=basis)
    assert begun.is_shown_to(is_blinded=is_blinded, is_locked=is_locked) is shown
    # what was run counts, not what it began on
    other = replace(NEW, basis=Basis.REHEARSAL).end(replace(MADE, basis=basis), 200)
    assert other.is_shown_to(is_blinded=is_blinded, is_locked=is_locked) is shown


def test_what_contradicts_is_told_apart() -> None:
    findings = tuple(
        Finding("bdnf", "group", "F", verdict, None, None, "why") for verdict in Verdict
    )
    made = replace(MADE, findings=findings)
    assert [one.verdict for one in made.contradictions] == [
        Verdict.INCONSISTENT,
        Verdict.IMPOSSIBLE,
    ]
