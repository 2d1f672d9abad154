"""How often so few show a relation of dose and response that is truly there. Pure."""

from collections.abc import Iterable, Iterator
from typing import Final

from server.analysis.methods.power.correlations import CorrelationExact
from server.analysis.methods.power.planning import Power, find_minimum_detectable, find_power
from server.errors import MethodError

TRUE: Final = (0.3, 0.5, 0.7)  # |r|: Cohen's medium and large, and what health rarely gives


def tell_dose_power(sizes: Iterable[int], alpha: float) -> tuple[Power, ...]:
    """Of each n the power at |r| of TRUE, then the smallest |r| that it shows with one of .80.

    By the exact distribution of r, two-sided. Nothing of an n that allows no correlation.
    """
    return tuple(one for n in sorted({*sizes}) for one in _tell(n, alpha))


def _tell(n: int, alpha: float) -> Iterator[Power]:
    design = CorrelationExact()
    try:
        found = [find_power(design, r, n, alpha) for r in TRUE]
        yield from (*found, find_minimum_detectable(design, n, alpha=alpha))
    except MethodError:
        return
