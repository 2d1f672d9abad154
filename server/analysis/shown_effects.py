"""What so many participants can show, of the designs alone: never of what was found."""

from typing import TYPE_CHECKING, Final

from server.analysis.frame import Frame
from server.analysis.methods.design import CONTROL, TRAINING
from server.analysis.methods.power.correlations import CorrelationExact
from server.analysis.methods.power.effect import Convention
from server.analysis.methods.power.two_arms import ancova, two_sample_t, within_between

if TYPE_CHECKING:
    from collections.abc import Sequence

    from server.analysis.methods.power.design import Design

EXPECTED_CORRELATION: Final = 0.5  # of pre and post; G*Power's own start (analysis.md, "Power")


def list_asked(frame: Frame) -> "Sequence[tuple[Design, int]]":
    """Designs, each with how many it is asked of: as if both arms had the smaller one's size.

    A dose is asked of training alone.
    """
    n = 2 * min(frame.group.count(arm) for arm in (CONTROL, TRAINING))
    return (
        (two_sample_t(), n),
        (ancova(EXPECTED_CORRELATION, Convention.D), n),
        (within_between(EXPECTED_CORRELATION, Convention.D), n),
        (CorrelationExact(), frame.group.count(TRAINING)),
    )
