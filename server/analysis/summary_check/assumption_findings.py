"""Printed p of Levene's and Shapiro and Wilk's tests: against the SDs, and against each other."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from scipy.special import fdtrc

from server.analysis.summary_check.finding import Finding, Verdict
from server.analysis.summary_check.printed import Printed, tell
from server.analysis.summary_check.table import Measure

DRAWS: Final = 20_000  # as many as the audit of the study's tables drew
_MOST_PEOPLE: Final = 300  # of both arms; more would take long, and say no more
_SEED: Final = 20_260_101
_UNLIKELY: Final = 0.05
_NOT_CREDIBLE: Final = 0.0005
_TELLING_DIGITS: Final = 3  # as many decimals, and the same p twice is hardly chance


@dataclass(frozen=True, slots=True)
class _Share:
    """Of normal samples with exactly these SDs: the median of Levene's p, and how far it goes."""

    median: float
    largest: float
    reached: float


def judge_levene(measure: Measure) -> list[Finding]:
    """One finding for each that is printed."""
    found = []
    for at, time in enumerate(("pre", "post")):
        printed = measure.levene.get(time)
        sds = (measure.cells[at].sd.value, measure.cells[2 + at].sd.value)
        if printed is not None and min(sds) > 0:
            found.append(_judge_levene(measure, time, printed, sds))
    return found


def judge_repeated(measures: Sequence[Measure]) -> list[Finding]:
    """The same p of three decimals for two tests of assumptions: perhaps copied."""
    seen: dict[str, tuple[str, str]] = {}
    found = []
    for name, test, p in _list_printed(measures):
        if len(p.text.partition(".")[2]) < _TELLING_DIGITS:
            continue
        if p.text in seen:
            first = " of ".join(reversed(seen[p.text]))
            told = (
                f"The same p stands for {first}. Two tests rarely agree in all their digits: one"
                " may have been copied."
            )
            found.append(Finding(name, test, f"p = {p.text}", Verdict.LOOK_AT, None, None, told))
        else:
            seen[p.text] = (name, test)
    return found


def _list_printed(measures: Sequence[Measure]) -> Iterator[tuple[str, str, Printed]]:
    for one in measures:
        for test, printed in (("Levene", one.levene), ("Shapiro-Wilk", one.shapiro)):
            for time, p in printed.items():
                yield one.name, f"{test} {time}", p


def _judge_levene(
    measure: Measure, time: str, printed: Printed, sds: tuple[float, float]
) -> Finding:
    sizes = (measure.sizes.control, measure.sizes.training)
    if sum(sizes) > _MOST_PEOPLE:
        told = f"More than {_MOST_PEOPLE} participants: Levene's p isn't drawn for so many."
        return _write(measure, time, printed, Verdict.CONSISTENT, None, told)
    share = _draw(sizes, sds[1] / sds[0], printed.spread.lo)
    told = (
        f"Of {DRAWS} normal samples with exactly these SDs ({tell(sds[0])} and {tell(sds[1])}) the"
        f" median p of Levene's test (about means) is {tell(share.median)}, and"
        f" {tell(share.reached)} of them have {printed.text} or more; the largest is"
        f" {tell(share.largest)}."
    )
    if share.reached < _NOT_CREDIBLE:
        told += f" {printed.text} is not credible beside these SDs, if not proven wrong."
    elif share.reached < _UNLIKELY:
        told += f" {printed.text} is possible, and unlikely."
    is_plausible = share.reached >= _UNLIKELY
    verdict = Verdict.CONSISTENT if is_plausible else Verdict.LOOK_AT
    return _write(measure, time, printed, verdict, share.median, told)


def _write(
    measure: Measure,
    time: str,
    printed: Printed,
    verdict: Verdict,
    implied: float | None,
    told: str,
) -> Finding:
    claim = f"p = {printed.text}"
    return Finding(measure.name, f"Levene {time}", claim, verdict, None, implied, told)


@cache
def _draw(sizes: tuple[int, int], ratio: float, printed: float) -> _Share:
    """Samples of SD 1 and `ratio`, exactly; Levene's F is the same whatever the unit."""
    rng = np.random.default_rng(_SEED)
    apart = []
    for n, sd in zip(sizes, (1.0, ratio), strict=True):
        values = rng.standard_normal((DRAWS, n))
        values -= values.mean(axis=1, keepdims=True)
        apart.append(np.abs(values / values.std(axis=1, ddof=1, keepdims=True) * sd))
    means = [one.mean(axis=1) for one in apart]
    within = sum(((o - m[:, None]) ** 2).sum(axis=1) for o, m in zip(apart, means, strict=True))
    n_c, n_t = sizes
    between = n_c * n_t / (n_c + n_t) * (means[0] - means[1]) ** 2
    df = n_c + n_t - 2
    p = fdtrc(1, df, between / (within / df))
    return _Share(float(np.median(p)), float(p.max()), float((p >= printed).mean()))
