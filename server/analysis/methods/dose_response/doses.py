"""One dose named in advance, asked in all ways; every other one a sensitivity analysis."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from numpy.typing import ArrayLike

from server.analysis.methods.design import Floats, TwoByTwo, read_column
from server.analysis.methods.dose_response.bootstrap_interval import REPLICATES
from server.analysis.methods.dose_response.correlation import correlate_dose
from server.analysis.methods.dose_response.linear import fit_dose_slope
from server.analysis.methods.dose_response.result import DoseResponse, Method, Role
from server.analysis.methods.dose_response.trained import Trained, select_training
from server.analysis.methods.result import LEVEL
from server.errors import MethodError

_OF_THE_NAMED: Final = (
    Method.PARTIAL_PEARSON,
    Method.PARTIAL_SPEARMAN,
    Method.PEARSON,
    Method.SPEARMAN,
)
_OF_OTHERS: Final = (Method.PARTIAL_PEARSON, Method.PARTIAL_SPEARMAN)


@dataclass(frozen=True, slots=True)
class DoseAnswers:
    """`results` with the named dose first; `refused` says which sensitivity could not be had."""

    results: tuple[DoseResponse, ...]
    refused: tuple[str, ...]


def answer_doses(
    design: TwoByTwo,
    doses: Mapping[str, ArrayLike],
    named: str,
    seed: int,
    confounders: Mapping[str, ArrayLike] | None = None,
    replicates: int = REPLICATES,
    *,
    level: float = LEVEL,
) -> DoseAnswers:
    """Of the training arm of `design`, whose rows the columns of `doses` and `confounders` follow.

    Raises MethodError where `named` is none of `doses` and where the named dose can't be analysed
    with the baseline alone; what else can't be had stands in `refused`.
    """
    if named not in doses:
        raise MethodError(f"{named} was named as the dose, and is none of {', '.join(doses)}")
    arm = select_training(design)
    trained = Trained.from_design(arm, named, _take_arm(design, named, doses[named]))
    results: list[DoseResponse] = [fit_dose_slope(trained, level=level)]
    results += [
        correlate_dose(trained, method, seed, replicates=replicates, level=level)
        for method in _OF_THE_NAMED
    ]
    refused: list[str] = []
    others = {name: _take_arm(design, name, column) for name, column in (confounders or {}).items()}
    for name, column in doses.items():
        try:
            beside = others if name == named else None
            if name == named and not others:
                continue
            of_arm = Trained.from_design(arm, name, _take_arm(design, name, column), beside)
            results.append(fit_dose_slope(of_arm, Role.SENSITIVITY, level=level))
            results += [
                correlate_dose(
                    of_arm, method, seed, role=Role.SENSITIVITY, replicates=replicates, level=level
                )
                for method in _OF_OTHERS
            ]
        except MethodError as error:
            refused.append(str(error))
    return DoseAnswers(tuple(results), tuple(refused))


def _take_arm(design: TwoByTwo, name: str, column: ArrayLike) -> Floats:
    return read_column(name, design.codes, column)[design.is_training]
