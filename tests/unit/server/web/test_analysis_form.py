import pytest

from server.analysis.plan import AnalysisPlan
from server.errors import MethodError
from server.web.analysis_form import fill_form, order_choices, read_plan_form

PLANS = (
    AnalysisPlan(outcomes=("bdnf",)),
    AnalysisPlan(
        outcomes=("gdnf", "bdnf"),  # not in the order of the study's table
        dose="srpe_load_au",
        dose_sensitivity=("sets_observed", "duration_min"),
        confounders=("edss",),
        baseline=("weight_kg", "age_y"),
        baseline_categories=("smoking", "dmt"),
        dose_sessions="prorated",
        attendance="sessions_attended",
        sessions_planned=20,
        matrix="serum",
        alpha=0.01,
        permutations=1000,
        bootstrap=2000,
        seed=7,
    ),
)


@pytest.mark.parametrize("plan", PLANS)
def test_a_form_that_nobody_changed_makes_the_same_plan(plan: AnalysisPlan) -> None:
    assert read_plan_form(fill_form(plan)).sha256 == plan.sha256


def test_boxes_keep_the_order_of_the_plan_in_force() -> None:
    assert order_choices(["b", "x"], ["a", "b", "c"]) == ["b", "x", "a", "c"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"seed": "1e3"}, "seed: '1e3' is no number"),
        ({"seed": "-1"}, "seed"),
        ({"alpha": "inf"}, "alpha"),
        ({"alpha": "nan"}, "alpha"),
        ({"bootstrap": "999"}, "bootstrap"),
        ({"matrix": "urine"}, "matrix"),
        ({"dose": "Ä"}, "dose"),
    ],
)
def test_what_is_wrong_is_told_with_its_field(wrong: dict[str, str], said: str) -> None:
    with pytest.raises(MethodError, match=said):
        read_plan_form(fill_form(PLANS[0]) | wrong)


def test_a_plan_without_outcomes_is_none() -> None:
    fields = {name: one for name, one in fill_form(PLANS[0]).items() if name != "outcomes.bdnf"}
    with pytest.raises(MethodError, match="at least one outcome"):
        read_plan_form(fields)
