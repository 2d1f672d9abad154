"""What a table of two arms at two times says: its cells, and what was reported about them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from server.analysis.summary_check.contrasts import Term
from server.analysis.summary_check.printed import Interval, Printed


@dataclass(frozen=True, slots=True)
class ArmSizes:
    """People of each arm, at least 2."""

    control: int
    training: int

    @property
    def error_df(self) -> int:
        return self.control + self.training - 2


@dataclass(frozen=True, slots=True)
class MeanSd:
    """One cell: mean and SD (n - 1) of one arm at one time."""

    mean: Printed
    sd: Printed


@dataclass(frozen=True, slots=True)
class ArmCells:
    """One arm before and after."""

    pre: MeanSd
    post: MeanSd


class Bound(StrEnum):
    """How a p is printed: "p = 0.03", "p < 0.001"."""

    EQUAL = "="
    BELOW = "<"
    ABOVE = ">"


@dataclass(frozen=True, slots=True)
class PrintedP:
    """A printed p with its sign."""

    bound: Bound
    number: Printed

    @property
    def interval(self) -> Interval:
        """Every p that is printed like that, rounded or cut."""
        match self.bound:
            case Bound.BELOW:
                return Interval(0.0, self.number.value)
            case Bound.ABOVE:
                return Interval(self.number.value, 1.0)
            case _:
                return Interval(self.number.spread.lo, self.number.truncated.hi)


@dataclass(frozen=True, slots=True)
class Claim:
    """What was reported of one term; None is not printed."""

    f: Printed | None = None
    eta2: Printed | None = None
    p: PrintedP | None = None


@dataclass(frozen=True, slots=True)
class Scale:
    """What is known of the values themselves: whole numbers, and between which bounds."""

    is_integer: bool = False
    bounds: Interval | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """One outcome of all of the same people before and after.

    `levene` and `shapiro` have the printed p of "pre" and "post".
    """

    name: str
    sizes: ArmSizes
    control: ArmCells
    training: ArmCells
    reported: Mapping[Term, Claim] = field(default_factory=dict)
    scale: Scale = Scale()
    levene: Mapping[str, Printed] = field(default_factory=dict)
    shapiro: Mapping[str, Printed] = field(default_factory=dict)

    @property
    def cells(self) -> tuple[MeanSd, MeanSd, MeanSd, MeanSd]:
        """Control pre and post, training pre and post."""
        return (self.control.pre, self.control.post, self.training.pre, self.training.post)


@dataclass(frozen=True, slots=True)
class Baseline:
    """One column of the table of baselines."""

    name: str
    sizes: ArmSizes
    control: MeanSd
    training: MeanSd
    p: PrintedP | None = None
    scale: Scale = Scale()


@dataclass(frozen=True, slots=True)
class SummaryTable:
    """All that was printed of one study."""

    measures: tuple[Measure, ...] = ()
    baselines: tuple[Baseline, ...] = ()
