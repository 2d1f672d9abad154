"""A plan that was written down is the same plan: to its hash."""

from hypothesis import given
from hypothesis import strategies as st

from server.analysis.plan import AnalysisPlan
from server.analysis.plan_text import write_plan

NAMES = st.from_regex(r"\A[a-z][a-z0-9_]{0,12}\Z")


@st.composite
def plans(draw: st.DrawFn) -> AnalysisPlan:
    names = draw(st.lists(NAMES, min_size=1, max_size=6, unique=True))
    outcomes, rest = names[:1], names[1:]
    return AnalysisPlan(
        outcomes=tuple(outcomes),
        dose=rest[0] if rest else None,
        dose_sensitivity=tuple(rest[1:]),
        baseline=tuple(rest),
        matrix=draw(st.sampled_from([None, "serum", "plasma"])),
        alpha=draw(st.floats(0, 0.5, exclude_min=True, exclude_max=True)),
        permutations=draw(st.integers(1_000, 1_000_000)),
        seed=draw(st.integers(0, 2**31)),
    )


@given(plans())
def test_written_and_read_it_is_the_same(plan: AnalysisPlan) -> None:
    again = AnalysisPlan.from_toml(write_plan(plan))
    assert again == plan
    assert again.sha256 == plan.sha256
