"""Power at a sample size, the sample size for a power, and the smallest effect that n can show."""

from dataclasses import dataclass
from typing import ClassVar, Final

from scipy import optimize

from server.analysis.methods.power.design import Design
from server.analysis.methods.result import Result
from server.errors import MethodError

ALPHA: Final = 0.05
POWER: Final = 0.8  # what the study's paper plans with
_MOST: Final = 10_000_000  # participants; more is a question about nothing
_NEAR: Final = 1e-9  # of the largest effect, kept off its ends


@dataclass(frozen=True, slots=True, kw_only=True)
class Power(Result):
    """`n` in all arms; `effect` as `effect_convention`; what was not asked for is None.

    Asked for power: `effect`, `power`. For n: `effect`, `wanted_power` and the `power` that n
    reaches. For the smallest effect: `wanted_power`, `minimum_detectable`.
    """

    analysis: ClassVar[str] = "power"

    design: str
    effect_convention: str
    alpha: float
    effect: float | None = None
    wanted_power: float | None = None
    power: float | None = None
    minimum_detectable: float | None = None


def find_power(design: Design, effect: float, n: int, alpha: float = ALPHA) -> Power:
    """Two-sided power at an effect named in advance, never at an observed one.

    Raises MethodError for an effect, n or alpha outside of what the design has.
    """
    _check_alpha(alpha)
    _check_effect(design, effect)
    _check_n(design, n)
    power = design.compute_power(effect, n, alpha)
    return _tell(design, n, alpha, effect=effect, power=power)


def find_n(design: Design, effect: float, power: float = POWER, alpha: float = ALPHA) -> Power:
    """The smallest n, in equal arms, whose power is at least `power`. Raises as `find_power`."""
    _check_alpha(alpha)
    _check_effect(design, effect)
    _check_wanted(power, alpha)
    n = _search_n(design, effect, power, alpha)
    reached = design.compute_power(effect, n, alpha)
    return _tell(design, n, alpha, effect=effect, wanted_power=power, power=reached)


def find_minimum_detectable(
    design: Design, n: int, power: float = POWER, alpha: float = ALPHA
) -> Power:
    """The smallest effect that n participants show with `power`. Raises as `find_power`."""
    _check_alpha(alpha)
    _check_wanted(power, alpha)
    _check_n(design, n)

    def lacking(effect: float) -> float:
        return design.compute_power(effect, n, alpha) - power

    least, most = _NEAR * design.largest_effect, (1 - _NEAR) * design.largest_effect
    if lacking(most) < 0:
        raise MethodError(f"{design.name}: no effect reaches a power of {power} with {n}")
    smallest = float(optimize.brentq(lacking, least, most, xtol=1e-12))
    return _tell(design, n, alpha, wanted_power=power, minimum_detectable=smallest)


def _search_n(design: Design, effect: float, power: float, alpha: float) -> int:
    """By doubling and halving: power only grows with n."""
    enough = 0
    while design.compute_power(effect, _count(design, enough), alpha) < power:
        enough = 2 * enough + 1
        if _count(design, enough) > _MOST:
            raise MethodError(f"{design.name}: an effect of {effect} needs more than {_MOST}")
    too_few = (enough - 1) // 2  # the one tried before, or none
    while enough - too_few > 1:
        middle = (enough + too_few) // 2
        if design.compute_power(effect, _count(design, middle), alpha) < power:
            too_few = middle
        else:
            enough = middle
    return _count(design, enough)


def _count(design: Design, steps: int) -> int:
    return design.smallest_n + steps * design.step


def _tell(
    design: Design,
    n: int,
    alpha: float,
    *,
    effect: float | None = None,
    wanted_power: float | None = None,
    power: float | None = None,
    minimum_detectable: float | None = None,
) -> Power:
    return Power(
        outcome=None,
        n=n,
        design=design.name,
        effect_convention=design.effect_convention,
        alpha=alpha,
        effect=effect,
        wanted_power=wanted_power,
        power=power,
        minimum_detectable=minimum_detectable,
    )


def _check_alpha(alpha: float) -> None:
    if not 0 < alpha < 1:
        raise MethodError(f"alpha is {alpha}: it lies between 0 and 1")


def _check_wanted(power: float, alpha: float) -> None:
    if not alpha < power < 1:
        raise MethodError(f"a power of {power}: it lies between alpha, which is {alpha}, and 1")


def _check_effect(design: Design, effect: float) -> None:
    if not 0 < effect < design.largest_effect:
        raise MethodError(
            f"an effect of {effect}: {design.effect_convention} lies between 0 and "
            f"{design.largest_effect:g}; its sign makes no difference to a two-sided test"
        )


def _check_n(design: Design, n: int) -> None:
    if n < design.smallest_n or n > _MOST or n % design.step:
        raise MethodError(
            f"{design.name} with {n} participants: it takes {design.smallest_n} or more"
            + (f", in {design.step} arms of equal size" if design.step > 1 else "")
        )
