"""The training arm with one dose: the only data that dose-response is asked of."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final, Self

import numpy as np
from numpy.typing import ArrayLike

from server.analysis.methods.counted import be
from server.analysis.methods.design import Flags, Floats, TwoByTwo, read_column
from server.errors import MethodError

FEWEST: Final = 6  # complete participants: a partial Spearman's interval has n - 4 to divide by
_SAME: Final = 1e-12  # of 1 - |r|: one column is the other in another unit


@dataclass(frozen=True, slots=True, eq=False)
class Trained:
    """Complete rows of the training arm, (n,) each, read-only; `covariates` is (n, k).

    `covariate_names` are those of its columns, without the baseline: `pre` is apart. `notes` say
    who is left out.
    """

    outcome: str
    dose_name: str
    codes: tuple[str, ...]
    dose: Floats
    pre: Floats
    post: Floats
    covariate_names: tuple[str, ...]
    covariates: Floats
    notes: tuple[str, ...]

    @classmethod
    def from_design(
        cls,
        design: TwoByTwo,
        dose_name: str,
        dose: ArrayLike,
        covariates: Mapping[str, ArrayLike] | None = None,
    ) -> Self:
        """`dose` and each covariate have a value a row of `design`, None where it is missing.

        Raises MethodError for a row of control, a dose that is missing for half or more, below 0,
        the same for all, or the baseline itself, an outcome that doesn't vary, and fewer than 6
        complete participants.
        """
        _check_arm(design, dose_name)
        doses = read_column(dose_name, design.codes, dose)
        _check_dose(dose_name, design, doses)
        named = covariates or {}
        columns = [read_column(name, design.codes, column) for name, column in named.items()]
        others = np.array(columns, dtype=np.float64).reshape(len(columns), design.n).T
        kept = design.is_complete & ~np.isnan(doses) & ~np.isnan(others).any(axis=1)
        trained = cls(
            design.outcome,
            dose_name,
            tuple(code for code, is_kept in zip(design.codes, kept, strict=True) if is_kept),
            doses[kept],
            design.pre[kept],
            design.post[kept],
            tuple(named),
            others[kept],
            _describe_left_out(design, dose_name, doses, kept),
        )
        trained.check()
        return trained

    @property
    def n(self) -> int:
        return len(self.codes)

    @property
    def dose_sd(self) -> float:
        """With n - 1."""
        return float(self.dose.std(ddof=1))

    def check(self) -> None:
        """Raises MethodError where the complete rows can't say anything."""
        told = f"dose-response of {self.outcome} to {self.dose_name}"
        if self.n < FEWEST:
            raise MethodError(
                f"{told} needs at least {FEWEST} participants of the training arm with dose and "
                f"both measurements; there are {self.n}"
            )
        columns = {self.dose_name: self.dose, "pre": self.pre, "post": self.post}
        columns |= dict(zip(self.covariate_names, self.covariates.T, strict=True))
        for name, column in columns.items():
            if np.ptp(column) <= _SAME * np.abs(column).max():
                raise MethodError(f"{told}: {name} is the same for all {self.n} participants")
        if 1 - abs(float(np.corrcoef(self.dose, self.pre)[0, 1])) < _SAME:
            raise MethodError(
                f"{told}: the dose is the baseline itself. Change on baseline correlates by "
                "construction (regression to the mean), and is not computed"
            )

    def without_covariates(self) -> Self:
        """The same rows, adjusted for the baseline alone."""
        return replace(self, covariate_names=(), covariates=self.covariates[:, :0])


def select_training(design: TwoByTwo) -> TwoByTwo:
    """The rows of the training arm. Raises MethodError where there are none."""
    if not design.n_training:
        raise MethodError(f"dose-response of {design.outcome}: nobody is in the training arm")
    return design.select(design.is_training)


def _check_arm(design: TwoByTwo, dose_name: str) -> None:
    if design.n_control:
        raise MethodError(
            f"dose-response of {design.outcome} to {dose_name} is of the training arm alone, and "
            f"{design.n_control} rows are of control: with their dose of 0 it would be the "
            "difference of the arms under another name. Select the training arm first"
        )


def _check_dose(name: str, design: TwoByTwo, dose: Floats) -> None:
    n_missing = int(np.isnan(dose).sum())
    if n_missing * 2 >= design.n:
        raise MethodError(
            f"{name} is missing for {n_missing} of {design.n} participants of the training arm: "
            "with a half or more missing, those left say nothing of the arm"
        )
    below = [code for code, value in zip(design.codes, dose, strict=True) if value < 0]
    if below:
        raise MethodError(f"{name} of {', '.join(below)} is below 0, which no dose is")


def _describe_left_out(
    design: TwoByTwo, dose_name: str, dose: Floats, kept: Flags
) -> tuple[str, ...]:
    n_out = int((~kept).sum())
    if not n_out:
        return ()
    n_dose, n_pair = int(np.isnan(dose).sum()), int((~design.is_complete).sum())
    note = (
        f"{n_out} of {design.n} participants of the training arm {be(n_out)} left out: "
        f"{dose_name} is missing for {n_dose}, a measurement of {design.outcome} for {n_pair}, and "
        "what is adjusted for may be missing for others."
    )
    return (note,)
