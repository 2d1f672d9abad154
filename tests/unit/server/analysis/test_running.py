"""A plan run on a frame: everything promised is there, and a refusal is told, never replaced."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, ClassVar

import msgspec
import numpy as np
import pytest

from server.analysis.frame import Frame
from server.analysis.methods.ancova import Ancova
from server.analysis.methods.censored.censoring import CensoredColumn
from server.analysis.methods.missing.tipping import TippingPoint
from server.analysis.methods.result import Result
from server.analysis.plan import AnalysisPlan
from server.analysis.refusal import Refusal
from server.analysis.running import Analysis, count_steps, run_analysis
from server.analysis.steps import Step
from server.errors import MethodError
from tests.unit.server.analysis.simulated_frame import N_PER_ARM, simulate_frame

PLAN = AnalysisPlan(
    outcomes=("bdnf", "gdnf"), dose="srpe_load_au", baseline=("age_y",),
    permutations=1_000, bootstrap=1_000,
)  # fmt: skip
# interfaces.md, results.json
PROMISED = {
    "mixed_anova", "ancova", "hedges_g", "normality", "variance_homogeneity", "mann_whitney",
    "welch_t", "dose_response", "mixed_model", "independent_t", "permutation", "bootstrap", "power",
}  # fmt: skip


@pytest.fixture(scope="module")
def analysis() -> Analysis:
    return run_analysis(simulate_frame(), PLAN)


def test_everything_promised_is_answered(analysis: Analysis) -> None:
    told = analysis.to_json()
    assert {one["analysis"] for one in told["results"]} >= PROMISED
    assert all("n" in one and "notes" in one for one in told["results"])
    assert told["refusals"] == []
    measures = [one["measure"] for one in told["results"] if one["analysis"] == "independent_t"]
    assert measures == ["age_y", "bdnf_pre", "gdnf_pre"]


@pytest.mark.parametrize("plan", [PLAN, msgspec.structs.replace(PLAN, dose=None)])
def test_each_step_is_told_as_it_begins_and_as_often_as_counted(plan: AnalysisPlan) -> None:
    told: list[tuple[str, str | None]] = []
    run_analysis(simulate_frame(), plan, lambda *step: told.append(step))
    assert len(told) == count_steps(plan)
    assert {outcome for _, outcome in told} == {None, *plan.outcomes}
    assert (("dose_response", "bdnf") in told) is (plan.dose is not None)


def test_holm_is_over_the_outcomes_named_as_co_primary(analysis: Analysis) -> None:
    first, second = (one for one in analysis.results if isinstance(one, Ancova))
    least, most = sorted((first.p, second.p))
    # Holm 1979: the smaller p twice, the larger at least that
    assert sorted((first.p_holm or 0, second.p_holm or 0)) == [
        pytest.approx(min(1, 2 * least)), pytest.approx(max(2 * least, most)),
    ]  # fmt: skip


def test_the_same_frame_in_another_order_gives_the_same_primary_result(analysis: Analysis) -> None:
    frame = simulate_frame()
    order = list(range(frame.n))[::-1]
    turned = Frame(
        tuple(frame.codes[place] for place in order),
        tuple(frame.group[place] for place in order),
        {name: column[order] for name, column in frame.columns.items()},
    )
    one = next(one for one in analysis.results if isinstance(one, Ancova))
    other = next(one for one in run_analysis(turned, PLAN).results if isinstance(one, Ancova))
    assert other.estimate == pytest.approx(one.estimate, rel=1e-12)
    assert turned.sha256 == frame.sha256


def test_a_constant_outcome_refuses_and_the_other_one_stands() -> None:
    frame = simulate_frame()
    constant = {**frame.columns, "gdnf_post": np.full(frame.n, 5.0)}
    analysis = run_analysis(Frame(frame.codes, frame.group, constant), PLAN)
    refused = {(one.analysis, one.outcome) for one in analysis.refusals}
    assert ("ancova", "gdnf") in refused
    assert all(outcome == "gdnf" for _, outcome in refused)
    primary = [one for one in analysis.results if isinstance(one, Ancova)]
    assert [one.outcome for one in primary] == ["bdnf"]
    assert primary[0].p_holm == pytest.approx(min(1, 2 * primary[0].p))  # of two, as planned
    assert any("count in Holm's family with p = 1" in note for note in primary[0].notes)


def test_an_empty_arm_refuses_what_compares_arms() -> None:
    frame = simulate_frame()
    alone = Frame(
        frame.codes[:N_PER_ARM],
        frame.group[:N_PER_ARM],
        {name: column[:N_PER_ARM] for name, column in frame.columns.items()},
    )
    analysis = run_analysis(alone, PLAN)
    compared = {"ancova", "mixed_anova", "welch_t", "dose_response"}
    assert {one.analysis for one in analysis.refusals} >= compared
    assert not {one.analysis for one in analysis.results} & compared


def test_a_dose_missing_for_half_is_refused_in_a_sentence() -> None:
    frame = simulate_frame()
    holed = frame.columns["srpe_load_au"].copy()
    holed[N_PER_ARM : N_PER_ARM + 8] = np.nan
    columns = {**frame.columns, "srpe_load_au": holed}
    analysis = run_analysis(Frame(frame.codes, frame.group, columns), PLAN)
    refused = [one for one in analysis.refusals if one.analysis == "dose_response"]
    assert {one.outcome for one in refused} == {"bdnf", "gdnf"}
    assert all("srpe_load_au" in one.why for one in refused)


def test_a_column_that_the_plan_names_and_nobody_gave_ends_it() -> None:
    plan = msgspec.structs.replace(PLAN, baseline=("edss",))
    with pytest.raises(MethodError, match="no column edss"):
        run_analysis(simulate_frame(), plan)


def test_refusals_are_part_of_what_is_written(analysis: Analysis) -> None:
    told = replace(analysis, refusals=(Refusal("ancova", "bdnf", "too few"),)).to_json()
    assert told["refusals"] == [{"analysis": "ancova", "outcome": "bdnf", "why": "too few"}]


def test_every_interval_is_of_the_plans_alpha_and_says_so() -> None:
    """At .01: none is called `ci95`, and each is wider than at .05."""
    plan = msgspec.structs.replace(PLAN, alpha=0.01, attendance="sessions", sessions_planned=24)
    frame = simulate_frame()
    came = np.array([24.0 if one == "training" else 0.0 for one in frame.group])
    post = frame.take("bdnf_post").copy()
    post[frame.group.index("training")] = np.nan  # for the tipping point
    frame = replace(frame, columns={**frame.columns, "sessions": came, "bdnf_post": post})
    strict = run_analysis(frame, plan).to_json()["results"]
    usual = run_analysis(frame, msgspec.structs.replace(plan, alpha=0.05)).to_json()["results"]
    assert "95" not in str([list(_list_names(one)) for one in strict])
    n_compared = 0
    for narrow, wide in zip(usual, strict, strict=True):
        for name, (low, high) in _list_intervals(narrow, "95"):
            wider = dict(_list_intervals(wide, "99"))[name]
            assert wider[1] - wider[0] > high - low, (narrow["analysis"], name)
            n_compared += 1
        if dict(_list_intervals(narrow, "95")):
            assert (narrow["level"], wide["level"]) == (0.95, 0.99)
    assert {one["analysis"] for one in usual if "ci95" in one} == {
        "ancova", "hedges_g", "welch_t", "mann_whitney", "bootstrap", "mixed_model",
        "tipping_point", "multiple_imputation", "per_protocol", "complier_effect",
        "dose_response", "independent_t",
    }  # fmt: skip
    assert n_compared > 40


def _list_names(one: object) -> Iterator[str]:
    if isinstance(one, dict):
        for name, value in one.items():
            yield name
            yield from _list_names(value)
    elif isinstance(one, list):
        for value in one:
            yield from _list_names(value)


def _list_intervals(one: dict[str, Any], level: str) -> Iterator[tuple[str, tuple[float, float]]]:
    for name, value in one.items():
        if name.startswith((f"ci{level}", f"credible{level}")) and value is not None:
            yield name.replace(level, ""), tuple(value)


def _censor(below: tuple[int, ...]) -> Frame:
    """One of training has no post for a reason unknown, these are below an LLOQ of 190."""
    frame = simulate_frame()
    post, side = frame.columns["bdnf_post"].copy(), np.zeros(frame.n)
    side[list(below)] = -1
    post[[*below, 20]] = np.nan
    column = CensoredColumn(side, np.where(side < 0, 190.0, np.nan))
    return replace(
        frame, columns={**frame.columns, "bdnf_post": post}, censored={"bdnf_post": column}
    )


def test_what_is_below_the_lloq_is_told_in_each_result_and_asked_in_ways_of_its_own() -> None:
    told = run_analysis(_censor((0, 1, 2)), PLAN)
    of_bdnf = [one for one in told.results if one.outcome == "bdnf"]
    note = "3 below the LLOQ after (0 in training, 3 in control)"
    assert all(note in one.notes[0] for one in of_bdnf)
    assert {"tobit", "ancova_half_lloq"} <= {one.analysis for one in of_bdnf}
    of_gdnf = [one for one in told.results if one.outcome == "gdnf"]
    assert not any("LLOQ" in note for one in of_gdnf for note in one.notes)
    assert not {"tobit", "ancova_half_lloq"} & {one.analysis for one in of_gdnf}


def test_what_is_below_the_lloq_is_never_imputed_at_random() -> None:
    """Of control only P04, whose post is really missing, and P21 of training."""
    told = run_analysis(_censor((0, 1, 2)), PLAN)
    (point,) = (one for one in told.results if isinstance(one, TippingPoint))
    assert (point.n_imputed_control, point.n_imputed_training) == (1, 1)
    assert point.n == 2 * N_PER_ARM - 3


@dataclass(frozen=True, slots=True, kw_only=True)
class _Endless(Result):
    analysis: ClassVar[str] = "endless"

    F: float


def test_a_result_without_a_finite_number_is_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    step = Step("endless", lambda design, _: _Endless(outcome=design.outcome, n=30, F=np.inf))
    monkeypatch.setattr("server.analysis.running.OF_AN_OUTCOME", (step,))
    told = run_analysis(simulate_frame(), msgspec.structs.replace(PLAN, dose=None))
    why = "F came out as inf: the values are too large, or too alike"
    assert told.refusals == tuple(Refusal("endless", name, why) for name in PLAN.outcomes)
    told.to_json()
