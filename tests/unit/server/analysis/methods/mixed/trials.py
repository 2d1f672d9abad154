"""Small simulated trials for the mixed models, typed in so that R can read the same numbers.

R: `d <- data.frame(id = 1:n, g = rep(0:1, c(n0, n1)), pre, post)`.
"""

from collections.abc import Sequence

import numpy as np

from server.analysis.methods.design import TwoByTwo

Column = Sequence[float | None]


def _arrange(n_control: int, n_training: int, pre: Column, post: Column) -> TwoByTwo:
    codes = [f"P{place:02d}" for place in range(n_control + n_training)]
    group = ["control"] * n_control + ["training"] * n_training
    return TwoByTwo.from_arrays(
        "bdnf", codes, group, np.array(pre, dtype=np.float64), np.array(post, dtype=np.float64)
    )


BALANCED = _arrange(
    8,
    8,
    [
        190.9,
        215.9,
        199.8,
        231,
        217.7,
        199.5,
        207.9,
        182.3,
        216.9,
        194.9,
        219.2,
        184.7,
        184.5,
        174.6,
        235.1,
        197.9,
    ],
    [
        191.6,
        196.8,
        163.7,
        211.7,
        194.1,
        182.6,
        217.4,
        216.2,
        225.8,
        212.1,
        251.2,
        233.4,
        201.5,
        178.7,
        241.1,
        230.2,
    ],
)

UNBALANCED = _arrange(
    6,
    10,
    [
        197.2,
        203.3,
        237.4,
        188,
        225.2,
        186.9,
        231.1,
        221,
        230.8,
        166.8,
        212.5,
        207.7,
        203.9,
        187.6,
        237,
        168.2,
    ],
    [
        194.7,
        194.3,
        209.8,
        170,
        171.9,
        185.6,
        223.9,
        213.2,
        245.9,
        193.1,
        215.8,
        259.3,
        221.8,
        229.1,
        243.7,
        183,
    ],
)

POSTS_MISSING = _arrange(
    8,
    9,
    [
        177.2,
        213.2,
        206.5,
        175.5,
        189.4,
        197.5,
        177.6,
        208.9,
        172.3,
        234.3,
        203.8,
        183,
        173.8,
        216.3,
        214.2,
        205.9,
        196.9,
    ],
    [
        176.4,
        None,
        217,
        179.2,
        None,
        206.7,
        207.3,
        206.4,
        226.8,
        None,
        None,
        172,
        207.6,
        239.6,
        215.7,
        202.9,
        None,
    ],
)

SINGULAR = _arrange(
    8,
    8,
    [
        190.9,
        215.9,
        199.8,
        231,
        217.7,
        199.5,
        207.9,
        182.3,
        216.9,
        194.9,
        219.2,
        184.7,
        184.5,
        174.6,
        235.1,
        197.9,
    ],
    [
        212.1,
        176.1,
        205.2,
        170,
        178.3,
        209.5,
        190.1,
        223.7,
        208.1,
        223.1,
        208.8,
        242.3,
        234.5,
        254.4,
        197.9,
        226.1,
    ],
)

BOTH_MISSING = _arrange(
    7,
    9,
    [
        180.1,
        None,
        187.8,
        196.9,
        235.6,
        207,
        216.8,
        202.9,
        209.1,
        197.2,
        237.5,
        213.1,
        176.2,
        184.8,
        191.3,
        215.4,
    ],
    [
        218.7,
        201.5,
        202,
        None,
        201,
        None,
        161.7,
        209.8,
        None,
        209.3,
        None,
        239.2,
        199.3,
        226.7,
        192.7,
        211.1,
    ],
)
