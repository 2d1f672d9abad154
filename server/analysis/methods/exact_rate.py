"""How often something happened per unit of exposure, with an exact interval."""

from dataclasses import dataclass

from scipy.special import gammaincinv

from server.analysis.methods.result import Interval
from server.errors import MethodError


@dataclass(frozen=True, slots=True)
class ExactRate:
    """Events per unit of `exposure`, with the 95 % interval of a Poisson count (Garwood 1936)."""

    n_events: int
    exposure: float
    rate: float
    ci95: Interval


def compute_exact_rate(n_events: int, exposure: float) -> ExactRate:
    """Both ends hold 2.5 %, so that none at all has the upper limit 3.689 / exposure.

    Events are taken to be independent: two of one person count like one each of two. Raises
    MethodError without exposure and for fewer than no events.
    """
    if exposure <= 0 or n_events < 0:
        raise MethodError(f"{n_events} events in an exposure of {exposure:g} make no rate")
    low = float(gammaincinv(n_events, 0.025)) if n_events else 0.0
    high = float(gammaincinv(n_events + 1, 0.975))
    return ExactRate(n_events, exposure, n_events / exposure, (low / exposure, high / exposure))
