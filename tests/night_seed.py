"""The seed of a night's chance: another one each night, printed, and replayed by its number."""

import secrets
from collections.abc import Mapping

import pytest

NAME = "NIGHT_SEED"
N_SEEDS = 2**32


def read_night_seed(environment: Mapping[str, str]) -> int:
    """The number in NIGHT_SEED; where there is none, a new one. Raises pytest.UsageError."""
    said = environment.get(NAME)
    if said is None:
        return secrets.randbelow(N_SEEDS)
    if not (said.isascii() and said.isdigit()):
        raise pytest.UsageError(f"{NAME} is {said!r}: give the number that a night printed")
    return int(said)


def describe_night_seed(seed: int) -> str:
    """What is printed, so that a night can be lived again."""
    return f"the night's seed is {seed}; again: {NAME}={seed} make nightly"
