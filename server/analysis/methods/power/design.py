"""What planning asks of any design."""

from typing import Protocol


class Design(Protocol):
    """`name` and `effect_convention` stand in the result; n grows from `smallest_n` by `step`."""

    @property
    def name(self) -> str: ...
    @property
    def effect_convention(self) -> str: ...
    @property
    def smallest_n(self) -> int: ...
    @property
    def step(self) -> int: ...
    @property
    def largest_effect(self) -> float:
        """Effects lie between 0 and this, both left out."""

    def compute_power(self, effect: float, n: int, alpha: float) -> float:
        """Chance of a two-sided p below `alpha` at `effect` with `n` participants in all."""
