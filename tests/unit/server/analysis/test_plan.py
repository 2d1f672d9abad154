"""A plan: what it may say, its hash, and how a departure from it reads."""

import msgspec
import pytest

from server.analysis.plan import AnalysisPlan, list_departures
from server.analysis.plan_refusal import tell_invalid
from server.errors import MethodError

TEXT = """
outcomes = ["bdnf", "gdnf"]
dose = "srpe_load_au"
dose_sensitivity = ["trimp_banister_au"]
baseline = ["age_y"]
"""


def test_a_plan_reads_and_has_its_defaults() -> None:
    plan = AnalysisPlan.from_toml(TEXT)
    assert plan.outcomes == ("bdnf", "gdnf")
    assert plan.doses == ("srpe_load_au", "trimp_banister_au")
    assert (plan.alpha, plan.permutations, plan.bootstrap) == (0.05, 10_000, 10_000)


def test_the_hash_is_of_what_it_says_and_not_of_how() -> None:
    other = 'baseline = ["age_y"] # years\n' + TEXT.replace('baseline = ["age_y"]\n', "")
    assert AnalysisPlan.from_toml(other).sha256 == AnalysisPlan.from_toml(TEXT).sha256
    changed = AnalysisPlan.from_toml(TEXT + "alpha = 0.01\n")
    assert changed.sha256 != AnalysisPlan.from_toml(TEXT).sha256


def test_what_a_plan_leaves_unsaid_changes_no_hash_and_what_it_says_does() -> None:
    """A plan hashed before these could be said keeps the hash that it was registered with."""
    plan = AnalysisPlan.from_toml(TEXT)
    assert plan.sha256 == "9652b9c99053eb82472893c78ebb2ab31510be7cd5b89cd542d6dbf6afc609b8"
    for line in (
        'dose_sessions = "prorated"',
        'attendance = "sessions_attended"',
        "sessions_planned = 20",
        'baseline_categories = ["dmt"]',
    ):
        assert AnalysisPlan.from_toml(f"{TEXT}{line}\n").sha256 != plan.sha256


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("outcomes = []", "outcomes: a list of names belongs here"),
        ('outcomes = "bdnf"', "outcomes: a list of names belongs here"),
        ('dose = "a"', "outcomes is missing: a list of names belongs here"),
        ('outcomes = ["bdnf"]\nseed = -1', "seed: a whole number from 0 on"),
        ('outcomes = ["bdnf"]\ndose = 3', "dose: a name in quotes"),
        ('outcomes = ["bdnf"]\nmatrix = "hair"', 'matrix: "serum" or "plasma"'),
        ('outcomes = ["bdnf"]\ndose = "bdnf_post"', "bdnf_post is an outcome, and so no dose"),
        ('outcomes = ["bdnf"]\ndose = "bdnf"', "bdnf is an outcome, and so no dose"),
        ('outcomes = ["a"]\ndose = "b"\nconfounders = ["a_pre"]', "a_pre is no confounder"),
        ('outcomes = ["a"]\ndose = "b"\nconfounders = ["b"]', "b is a dose, and so no confounder"),
        ('outcomes = ["bdnf", "bdnf"]', "a name twice"),
        ('outcomes = ["bdnf"]\nalpha = 0.7', "alpha"),
        ('outcomes = ["bdnf"]\ndoze = "x"', "there is no setting doze; there are: outcomes, dose"),
        ('outcomes = ["bdnf"]\npermutations = 10', "permutations"),
        ('outcomes = ["bdnf"]\ndose = "a"\ndose_sensitivity = ["a"]', "no sensitivity dose"),
        ('outcomes = ["B DNF"]', "outcomes"),
        ('outcomes = ["bdnf"]\nbaseline = ["a"]\nbaseline_categories = ["a"]', "baseline has a"),
        ('outcomes = ["bdnf"]\ndose_sessions = "some"', "dose_sessions"),
        ('outcomes = ["bdnf"]\nconfounders = ["edss"]', "nothing without a dose"),
        ("outcomes = bdnf", "line 1"),
    ],
)
def test_what_is_no_plan_says_where(text: str, complaint: str) -> None:
    with pytest.raises(MethodError, match=f"no plan of an analysis: .*{complaint}"):
        AnalysisPlan.from_toml(text)


def test_each_setting_has_a_sentence_of_its_own() -> None:
    """Nobody reads what a check of types calls things."""
    for field in msgspec.structs.fields(AnalysisPlan):
        told = tell_invalid(f"Expected `array`, got `str` - at `$.{field.name}[0]`")
        assert told.startswith(f"{field.name}: ")
        assert "`" not in told


def test_a_departure_is_a_sentence() -> None:
    planned = AnalysisPlan.from_toml(TEXT)
    assert list_departures(planned, planned) == []
    run = AnalysisPlan.from_toml(TEXT.replace('["bdnf", "gdnf"]', '["bdnf"]'))
    assert list_departures(planned, run) == ["outcomes: planned bdnf, gdnf, run bdnf."]
    without = AnalysisPlan.from_toml('outcomes = ["bdnf", "gdnf"]\nbaseline = ["age_y"]\n')
    assert list_departures(planned, without) == [
        "dose: planned srpe_load_au, run none.",
        "dose_sensitivity: planned trimp_banister_au, run none.",
    ]
