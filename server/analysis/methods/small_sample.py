"""The note that an arm is small."""

from typing import Final

from server.analysis.methods.design import TwoByTwo

SMALL_ARM: Final = 12  # Julious, Pharm Stat 2005; 4: 287-291: a pilot's size of an arm


def describe_small(pairs: TwoByTwo) -> tuple[str, ...]:
    """A note where an arm has fewer than twelve."""
    if min(pairs.n_control, pairs.n_training) >= SMALL_ARM:
        return ()
    note = (
        f"An arm has fewer than {SMALL_ARM} participants (control {pairs.n_control}, training "
        f"{pairs.n_training}): the interval rests on the assumptions more than on the data."
    )
    return (note,)
