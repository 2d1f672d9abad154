"""What a chart draws of one person: columns of a trace as JSON, and her gaps in words. Pure.

Nothing is filled in: a value that doesn't count is there and says so, one that is missing is null.
"""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from protocol.ledger.instants import format_utc_ms
from server.web.catalogue.spoken import t
from server.web.review_context import Gap
from server.web.review_gap_words import STREAMS, tell_gap

HEART, MOVEMENT, GAPS, ORIGINS = "heart_rate", "movement", "gaps", "origins"
_MS_PER_S: Final = 1000
_SINCE_1970_S: Final = 1e8  # three years of a session, or 1973
_VALID: Final = 0  # of server.dose.heart.quality.Verdict
_SAME_S: Final = 1e-6  # stamps are kept as seconds with decimals

Columns = Mapping[str, NDArray[Any]]  # each (n,)


def find_origin(origin_ms: int, *traces: Columns | None) -> int:
    """UTC ms that their seconds count from: `origin_ms`, the start of the circuit's clock.

    What was worked out before that clock ran counts from 1970.
    """
    for columns in traces:
        if columns is None:
            continue
        times_s = columns["t_s" if "t_s" in columns else "from_s"]
        if len(times_s):
            return 0 if times_s[0] > _SINCE_1970_S else origin_ms
    return origin_ms


def view_gaps(gaps: Columns | None, origin_ms: int) -> list[Gap]:
    """Of `read_trace(..., "gaps")`; seconds count from `origin_ms` (UTC)."""
    if gaps is None:
        return []
    names = ("from_s", "until_s", "stream", "cause", "detail")
    rows = zip(*(gaps[name].tolist() for name in names), strict=True)
    return [
        _view_gap(_place(from_s, origin_ms), _place(until_s, origin_ms), stream, cause, detail)
        for from_s, until_s, stream, cause, detail in rows
    ]


def view_origins(
    origins: Columns | None, origin_ms: int, labels: Mapping[str, str]
) -> list[dict[str, str]]:
    """Of `read_trace(..., "origins")`: which strap each stretch of a stream comes from.

    `labels` are straps' numbers by serial; empty for one that has none.
    """
    if origins is None:
        return []
    rows = zip(
        *(origins[name].tolist() for name in ("stream", "from_s", "until_s", "strap")), strict=True
    )
    return [
        {
            "stream": stream,
            "begins": _place(from_s, origin_ms),
            "ends": _place(until_s, origin_ms),
            "serial": strap,
            "label": labels.get(strap, ""),
        }
        for stream, from_s, until_s, strap in rows
    ]


def view_heart(heart: Columns | None, gaps: Columns | None) -> dict[str, Any] | None:
    """`t_s`, `hr_bpm` and `counts` (n,): False in a gap, such as without contact.

    `t_error_s`: each time may be off by so much, either way (None where there is no value).
    """
    if heart is None:
        return None
    return {
        "t_s": np.round(heart["t_s"], 3).tolist(),
        "hr_bpm": _list_numbers(heart["hr_bpm"], 0),
        "counts": find_counting(heart, gaps).tolist(),
        "t_error_s": float(heart["t_error_s"].max()) if len(heart["t_s"]) else None,
    }


def view_movement(movement: Columns | None) -> dict[str, list[Any]] | None:
    """`t_s` (n,) of the beginnings of epochs, `mad_mg`, `enmo_mg` and `coverage` (n,)."""
    if movement is None:
        return None
    told: dict[str, list[Any]] = {"t_s": np.round(movement["t_s"], 3).tolist()}
    for name, digits in (("mad_mg", 2), ("enmo_mg", 2), ("coverage", 3)):
        told[name] = _list_numbers(movement[name], digits)
    return told


def find_counting(heart: Columns, gaps: Columns | None) -> NDArray[np.bool_]:
    """(n,): a gap lies between two values that count, unless the trace begins or ends in it.

    A value that the rules of quality refuse, such as 255 bpm, never counts.
    """
    times_s = heart["t_s"]
    counts: NDArray[np.bool_] = heart["verdict"] == _VALID
    if gaps is None or not len(times_s):
        return counts
    first_s, last_s = times_s[0], times_s[-1]
    hers = gaps["stream"] == "heart"
    for from_s, until_s in zip(gaps["from_s"][hers], gaps["until_s"][hers], strict=True):
        inside = (times_s > from_s + _SAME_S) & (times_s < until_s - _SAME_S)
        if from_s <= first_s + _SAME_S and until_s > from_s:
            inside |= times_s <= from_s + _SAME_S
        if until_s >= last_s - _SAME_S and until_s > from_s:
            inside |= times_s >= until_s - _SAME_S
        counts &= ~inside
    return counts


def tell_range(
    heart: Columns | None, counts: NDArray[np.bool_], from_s: float, until_s: float
) -> str:
    """The lowest and the highest heart rate that count in a stretch, in words."""
    if heart is None:
        return ""
    values = heart["hr_bpm"][counts & (heart["t_s"] >= from_s) & (heart["t_s"] < until_s)]
    if not len(values):
        return t("no heart rate that counts")
    low, high = round(float(values.min())), round(float(values.max()))
    return t("heart rate {low} to {high} bpm", low=low, high=high)


def _view_gap(begins: str, ends: str, stream: str, cause: str, detail: str) -> Gap:
    why = tell_gap(cause, detail)
    words = t("{what} unknown: {why}", what=STREAMS.get(stream, stream), why=why)
    return Gap(begins, ends, cause, why, words, stream, detail)


def _place(at_s: float, origin_ms: int) -> str:
    return format_utc_ms(origin_ms + round(at_s * _MS_PER_S))


def _list_numbers(values: NDArray[Any], digits: int) -> list[Any]:
    """Rounded to what a chart shows; NaN is null."""
    rounded = np.round(values.astype(np.float64), digits).tolist()
    as_number = int if digits == 0 else float
    return [as_number(one) if np.isfinite(one) else None for one in rounded]
