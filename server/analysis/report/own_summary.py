"""The report's own tables as a table of somebody else's: from the digits that it prints."""

from collections.abc import Iterator
from typing import Final

from server.analysis.methods.design import Floats, TwoByTwo
from server.analysis.methods.mixed_anova import MixedAnovaTerm
from server.analysis.report.content import Content
from server.analysis.report.number_words import MINUS, PLUS_MINUS, write_mean_sd, write_number
from server.analysis.summary_check.contrasts import Term
from server.analysis.summary_check.printed import Printed
from server.analysis.summary_check.table import (
    ArmCells,
    ArmSizes,
    Claim,
    MeanSd,
    Measure,
    SummaryTable,
)

_TERMS: Final = {"group": Term.GROUP, "time": Term.TIME, "group:time": Term.INTERACTION}


def read_own_summary(content: Content) -> SummaryTable:
    """Outcomes whose means and F the report prints, complete pairs as it has them."""
    return SummaryTable(measures=tuple(_list_measures(content)))


def _list_measures(content: Content) -> Iterator[Measure]:
    for outcome in content.plan.outcomes:
        terms = list(content.find(MixedAnovaTerm, outcome))
        if terms:
            pairs = content.frame.make_design(outcome).select_complete()
            yield Measure(
                name=outcome,
                sizes=ArmSizes(pairs.n_control, pairs.n_training),
                control=_read_arm(pairs, is_training=False),
                training=_read_arm(pairs, is_training=True),
                reported={_TERMS[one.term]: _read_claim(one) for one in terms},
            )


def _read_arm(pairs: TwoByTwo, *, is_training: bool) -> ArmCells:
    of_arm = pairs.is_training if is_training else ~pairs.is_training
    return ArmCells(_read_cell(pairs.pre[of_arm]), _read_cell(pairs.post[of_arm]))


def _read_cell(values: Floats) -> MeanSd:
    printed = write_mean_sd(float(values.mean()), float(values.std(ddof=1)))
    mean, _, sd = printed.partition(PLUS_MINUS)
    return MeanSd(_parse(mean), _parse(sd))


def _read_claim(one: MixedAnovaTerm) -> Claim:
    return Claim(_read(one.F), _read(one.partial_eta_squared))


def _read(value: float) -> Printed | None:
    """The digits as printed; None for what is printed as a power of ten."""
    try:
        return _parse(write_number(value))
    except ValueError:
        return None


def _parse(printed: str) -> Printed:
    return Printed.parse(printed.strip().replace(MINUS, "-"))
