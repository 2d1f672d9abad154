"""The sentences that a reader of a dose-response must see, what n can show first."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from server.analysis.methods.design import Floats
from server.analysis.methods.dose_response.influence import Influence
from server.analysis.methods.dose_response.trained import Trained
from server.analysis.methods.result import LEVEL, Interval, tell_tail, write_percent

ASSOCIATION: Final = (
    "Dose was not dealt by chance: who trained more may have been healthier, so this is an "
    "association, not an effect. It is exploratory."
)
_PER_TERM: Final = 5  # participants a term; a choice, Austin & Steyerberg 2015 ask for 2 at least
_COOK_LARGE: Final = 1.0  # Cook & Weisberg 1982, Residuals and Influence, section 3.5


def name_answer(trained: Trained, method: str, notes: Sequence[str]) -> tuple[str, ...]:
    """Each note with the outcome, the dose and the method that it is of."""
    beside = "".join(f", beside {name}" for name in trained.covariate_names)
    told = f"{trained.outcome}, {method.replace('_', ' ')} on {trained.dose_name}{beside}"
    return tuple(f"{told}: {note}" for note in notes)


def describe_shown(trained: Trained, smallest: float, told: str, *, level: float = LEVEL) -> str:
    """`told` is "slopes" or "correlations"."""
    return (
        f"With n = {trained.n} and an SD of {trained.dose_sd:.4g} in {trained.dose_name}, {told} "
        f"from {smallest:.4g} on, up or down, are found with a power of .80 at a two-sided "
        f"{2 * tell_tail(level):g}; smaller ones may be there and not show."
    )


def describe_terms(trained: Trained) -> tuple[str, ...]:
    """Too many columns for so few people."""
    n_terms = 2 + len(trained.covariate_names)
    if trained.n >= _PER_TERM * n_terms:
        return ()
    note = (
        f"{n_terms} terms for {trained.n} participants are fewer than {_PER_TERM} a term: the "
        "result hangs on what else is in the model."
    )
    return (note,)


def describe_influence(influence: Influence) -> tuple[str, ...]:
    """One participant who turns the slope or moves the whole fit; who, `influence` alone says."""
    notes = []
    if influence.turns:
        notes.append(
            f"The slope's sign hangs on one participant: without one it is "
            f"{influence.slope_lowest:.4g}, without another {influence.slope_highest:.4g}."
        )
    if influence.cook_largest > _COOK_LARGE:
        notes.append(
            "One participant alone moves the fit: Cook's distance is "
            f"{influence.cook_largest:.2f}. Look at the values before you read the slope."
        )
    return tuple(notes)


def describe_disagreement(ci: Interval, ci_hc3: Interval, level: float) -> tuple[str, ...]:
    """Where one of two intervals of a slope holds 0 and the other doesn't."""
    holds, robust_holds = (low <= 0 <= high for low, high in (ci, ci_hc3))
    if holds == robust_holds:
        return ()
    told = "holds 0, and the one that assumes equal variances doesn't"
    if holds:
        told = "doesn't hold 0, and the one that assumes equal variances does"
    note = (
        f"The interval of {write_percent(level)} % with HC3 errors {told}: the verdict hangs on "
        "how the spread is taken, so read neither as settled."
    )
    return (note,)


def describe_coupling(trained: Trained) -> str:
    """For change held against dose without the baseline taken out."""
    coupled = float(np.corrcoef(trained.post - trained.pre, trained.pre)[0, 1])
    return (
        f"Change holds the baseline, with which it correlates {coupled:.3f} by construction and by "
        "regression to the mean; unadjusted, a dose that goes with the baseline seems to work or "
        "to harm. Read the partial correlation."
    )


def describe_bootstrap(below: int, *, is_had: bool) -> str:
    """For fewer than `below` participants."""
    if not is_had:
        return "So many values are alike that a bootstrap interval can't be had."
    return (
        f"Below {below} participants the interval's formula is doubtful: a bootstrap interval "
        "stands beside it."
    )


def describe_ties(columns: Sequence[Floats]) -> tuple[str, ...]:
    """Equal values among ranks."""
    if all(len(np.unique(column)) == len(column) for column in columns):
        return ()
    return ("Some values are equal and share their mean rank, so p is approximate.",)
