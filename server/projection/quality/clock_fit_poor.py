"""A strap's clock doesn't fit its gateway's: movement may lie at the wrong second."""

from collections.abc import Iterator
from itertools import groupby
from typing import Final

from server.projection.quality.finding import Hit
from server.projection.quality.seen import SessionSeen, StrapFit

LEAST_S: Final = 60.0  # of one unbroken clock: shorter ones hold too few arrivals to be told apart
# What the fit itself warns of: half of all frames later than 100 ms, a clock that runs away
# (bad_fit), or a rate more than 1 % from the one asked for (server/decoding/clocks/fit.py).
POOR: Final = frozenset({"bad_fit", "rate_mismatch"})


def judge(seen: SessionSeen) -> Iterator[Hit]:
    """One hit for each strap and gateway, with its worst residuals."""
    poor = [one for one in seen.fits if one.span_s >= LEAST_S and POOR & set(one.warnings)]
    poor.sort(key=_name)
    for (strap, gateway), group in groupby(poor, key=_name):
        fits = list(group)
        facts = {
            "strap": strap,
            "gateway": gateway,
            "warnings": sorted(POOR & {word for one in fits for word in one.warnings}),
            "p50_ms": round(max(one.residual_p50_ms for one in fits)),
            "p95_ms": round(max(one.residual_p95_ms for one in fits)),
            "minutes": round(sum(one.span_s for one in fits) / 60),
        }
        yield Hit((), f"{strap} {gateway}", facts)


def _name(fit: StrapFit) -> tuple[str, str]:
    return fit.strap, fit.gateway
