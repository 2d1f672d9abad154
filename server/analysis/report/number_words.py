"""Numbers as a paper prints them: four significant digits, exact p, intervals in brackets."""

import math
import sys
from typing import Final

from server.analysis.methods.result import Interval, write_percent

_DIGITS: Final = 4  # significant; paper-audit.md works with as many
_SMALLEST_P: Final = 0.001  # below it, a power of ten tells more than zeros
MINUS: Final = "\u2212"
PLUS_MINUS: Final = "\u00b1"
_RAISED: Final = str.maketrans(
    "-0123456789", "\u207b\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079"
)


def write_number(value: float | None) -> str:
    """Four significant digits, without zeros that say nothing; a dash where there is none."""
    if value is None or not math.isfinite(value):
        return "\u2013"
    if value and not 1e-4 <= abs(value) < 1e7:
        return _write_power(value, _DIGITS)
    decimals = max(0, _DIGITS - 1 - _find_magnitude(value))
    return _sign(f"{value:.{decimals}f}")


def write_p(p: float | None) -> str:
    """Three decimals, or two digits and the power of ten."""
    if p is None:
        return "\u2013"
    if p == 0:
        return f"< {_write_power(sys.float_info.min, 2)}"  # a double can't tell it from 0
    return f"{p:.3f}" if p >= _SMALLEST_P else _write_power(p, 2)


def write_interval(interval: Interval | None) -> str:
    """In brackets."""
    if interval is None:
        return "\u2013"
    return f"[{write_number(interval[0])}, {write_number(interval[1])}]"


def name_interval(level: float) -> str:
    """`95 % interval`."""
    return f"{write_percent(level)} % interval"


def write_mean_sd(mean: float | None, sd: float | None) -> str:
    """Mean and SD with the same decimals: four significant digits of the larger one."""
    if mean is None:
        return "\u2013"
    decimals = max(0, _DIGITS - 1 - _find_magnitude(max(abs(mean), sd or 0.0)))
    spread = "\u2013" if sd is None else f"{sd:.{decimals}f}"
    return f"{_sign(f'{mean:.{decimals}f}')} {PLUS_MINUS} {spread}"


def _find_magnitude(value: float) -> int:
    return math.floor(math.log10(abs(value))) if value else 0


def _write_power(value: float, digits: int) -> str:
    mantissa, _, exponent = f"{value:.{digits - 1}e}".partition("e")
    return f"{_sign(mantissa)}\u00d710{str(int(exponent)).translate(_RAISED)}"


def _sign(text: str) -> str:
    return text.replace("-", MINUS)
