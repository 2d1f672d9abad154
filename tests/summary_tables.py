"""Summary tables for tests: the study's own, and any other from its printed digits."""

from collections.abc import Mapping, Sequence

from server.analysis.summary_check.contrasts import Term
from server.analysis.summary_check.printed import Printed
from server.analysis.summary_check.table import (
    ArmCells,
    ArmSizes,
    Baseline,
    Bound,
    Claim,
    MeanSd,
    Measure,
    PrintedP,
    Scale,
)

FIFTEEN = ArmSizes(15, 15)
BDNF_CELLS = ("227.77", "26.30", "223.07", "10.85", "228.78", "60.46", "450.43", "24.31")
GDNF_CELLS = ("103.51", "19.07", "94.60", "11.50", "101.78", "17.01", "188.05", "9.32")
BDNF_F = {Term.TIME: "107.861", Term.GROUP: "5369.17", Term.INTERACTION: "117.42"}
BDNF_ETA = {Term.TIME: "0.79", Term.GROUP: "0.99", Term.INTERACTION: "0.80"}
GDNF_F = {Term.TIME: "146.07", Term.GROUP: "111.60", Term.INTERACTION: "221.14"}
GDNF_ETA = {Term.TIME: "0.83", Term.GROUP: "0.88", Term.INTERACTION: "0.79"}


def measure_of(
    cells: Sequence[str | float],
    f: Mapping[Term, str] | None = None,
    eta2: Mapping[Term, str] | None = None,
    sizes: ArmSizes = FIFTEEN,
    name: str = "BDNF",
) -> Measure:
    """Cells: mean and SD of control pre and post, training pre and post; floats are exact."""
    control_pre, control_post, training_pre, training_post = (
        cell_of(cells[i], cells[i + 1]) for i in range(0, 8, 2)
    )
    f, eta2 = f or {}, eta2 or {}
    claims = {term: Claim(_parse(f.get(term)), _parse(eta2.get(term))) for term in {**f, **eta2}}
    control = ArmCells(control_pre, control_post)
    return Measure(name, sizes, control, ArmCells(training_pre, training_post), claims)


def bdnf() -> Measure:
    return measure_of(BDNF_CELLS, BDNF_F, BDNF_ETA)


def gdnf() -> Measure:
    return measure_of(GDNF_CELLS, GDNF_F, GDNF_ETA, name="GDNF")


def baseline_of(
    name: str, control: tuple[str, str], training: tuple[str, str], p: str | None = None
) -> Baseline:
    """Of fifteen a arm."""
    printed = None if p is None else PrintedP(Bound.EQUAL, Printed.parse(p))
    return Baseline(name, FIFTEEN, cell_of(*control), cell_of(*training), printed, Scale())


def study_baselines() -> tuple[Baseline, Baseline, Baseline, Baseline]:
    """Table 2."""
    return (
        baseline_of("age", ("37.1", "5.5"), ("36.2", "5.8"), "0.81"),
        baseline_of("height", ("160", "5.2"), ("161.5", "6.1"), "0.96"),
        baseline_of("weight", ("58.2", "9.7"), ("57.3", "10.8"), "0.87"),
        baseline_of("BMI", ("22.4", "3.1"), ("22.1", "4.2"), "0.56"),
    )


def cell_of(mean: str | float, sd: str | float) -> MeanSd:
    return MeanSd(_print(mean), _print(sd))


def _print(number: str | float) -> Printed:
    return Printed.parse(number) if isinstance(number, str) else Printed.exact(number)


def _parse(text: str | None) -> Printed | None:
    return None if text is None else Printed.parse(text)
