"""How long to wait before the next try: capped exponential with full jitter. Pure."""

BASE_S = 1.0  # as long as an H10 needs to advertise again after a lost link
CAP_S = 30.0  # fifteen straps that drop together are to be back within 60 s (promise D4)
_MAX_DOUBLINGS = 16  # far above the cap; keeps 2.0**n finite for links that fail for weeks


def backoff_s(failures: int, jitter: float) -> float:
    """Seconds to wait after `failures` failures in a row; `jitter` is drawn from [0, 1).

    Jitter is applied after the cap: applied before it, every link that has reached the cap would
    try at the same moment as all the others.
    """
    if failures <= 0:
        return 0.0
    doublings = min(failures - 1, _MAX_DOUBLINGS)
    return jitter * min(CAP_S, BASE_S * 2.0**doublings)
