"""A check: one promise, kept or not, and the figures that say so."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

EXAMPLES_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Check:
    """One promise, kept or not, and the figures that say so."""

    name: str
    passed: bool
    detail: str


def none_of(name: str, wrong: Sequence[Any], show: Callable[[Any], str], good: str) -> Check:
    """Passed, saying `good`, where nothing is wrong; else how many, and the first few shown."""
    if not wrong:
        return Check(name, passed=True, detail=good)
    examples = "; ".join(show(each) for each in wrong[:EXAMPLES_SHOWN])
    more = ", …" if len(wrong) > EXAMPLES_SHOWN else ""
    return Check(name, passed=False, detail=f"{len(wrong)}: {examples}{more}")


def show_sent(value: Any) -> str:
    """One value of a strap's account."""
    return f"{value.strap} {value.characteristic} sent at {value.monotonic_ns} ns"


def show_kept(value: Any) -> str:
    """One value of the archive."""
    return f"{value.strap} {value.characteristic} number {value.seq} of epoch {value.epoch}"
