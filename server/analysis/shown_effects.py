"""What so many participants can show, of the designs alone: never of what was found."""

from typing import TYPE_CHECKING, Final

from server.analysis.frame import Frame
from server.analysis.methods.design import TRAINING
from server.analysis.methods.power.correlations import CorrelationExact
from server.analysis.methods.power.effect import Convention
from server.analysis.methods.power.two_arms import ancova, two_sample_t, within_between

if TYPE_CHECKING:
    from collections.abc import Sequence

    from server.analysis.methods.power.design import Design

EXPECTED_CORRELATION: Final = 0.5  # of pre and post; G*Power's own start (analysis.md, "Power")


def list_asked(frame: Frame) -> "Sequence[tuple[Design, int]]":
    """Designs, each with how many it is asked of: both arms, and training alone for a dose."""
    return (
        (two_sample_t(), frame.n),
        (ancova(EXPECTED_CORRELATION, Convention.D), frame.n),
        (within_between(EXPECTED_CORRELATION, Convention.D), frame.n),
        (CorrelationExact(), frame.group.count(TRAINING)),
    )
