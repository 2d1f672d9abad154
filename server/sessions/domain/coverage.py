"""How much of the time that each strap was worn its heart rate came. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from protocol.ledger.instants import format_utc_ms, parse_utc_ms

LOST_MS: Final = 10_000  # ux: "nothing for 10 s" is lost
SPACING_MS: Final = 1_000  # Heart Rate Measurements come about once a second
SILENCE_MS: Final = 2_000  # shorter than that is jitter of a notification a second
LONGEST_MS: Final = 6 * 3_600_000  # of one strap on one evening: a session nobody closed. Inferred


@dataclass(frozen=True, slots=True)
class Worn:
    """A strap on a participant, UTC ms: `from_ms` is in it, `until_ms` isn't."""

    participant: str
    strap: str
    from_ms: int
    until_ms: int


def list_worn(state: Mapping[str, Any], now: str) -> list[Worn]:
    """Of a folded session, by participant and time; what is still worn ends with the session."""
    end_ms = parse_utc_ms(state["closed_at"] or now)
    return [
        worn
        for code, person in sorted(state["people"].items())
        for one in person["wearing"]
        if (worn := _make_worn(code, one, end_ms)).until_ms > worn.from_ms
    ]


def list_worn_at(state: Mapping[str, Any], now: str) -> dict[str, str]:
    """Of a folded session: strap -> UTC text since when it is worn, of those worn at `now`.

    Nothing once the session is closed. A strap on two people is worn since the earlier one had it.
    """
    now_ms = parse_utc_ms(now)
    just_after = format_utc_ms(now_ms + 1)  # what is still worn then is worn now
    worn = [one for one in list_worn(state, just_after) if one.from_ms <= now_ms < one.until_ms]
    since = sorted(worn, key=lambda one: one.from_ms, reverse=True)
    return {one.strap: format_utc_ms(one.from_ms) for one in since}


def _make_worn(code: str, wearing: Mapping[str, Any], end_ms: int) -> Worn:
    from_ms = parse_utc_ms(wearing["from"])
    ends_ms = end_ms if wearing["until"] is None else parse_utc_ms(wearing["until"])
    return Worn(code, wearing["strap"], from_ms, min(ends_ms, end_ms, from_ms + LONGEST_MS))


def compute_coverage(
    worn: Worn, heard_ms: Iterable[int], newest_ms: int | None, *, agreed: bool
) -> dict[str, Any]:
    """One row: seconds worn, lost (10 s and more without a value) and not known yet.

    Args:
        heard_ms: when a heart rate of the strap came, UTC ms, in any order.
        newest_ms: the newest moment from which anything of any strap is stored: what comes later
            may be on its way. None: nothing is.
        agreed: whether the strap's wearer agrees to heart rate.
    """
    known_ms = min(worn.until_ms, max(worn.from_ms, newest_ms or 0))
    heard = sorted(one for one in set(heard_ms) if worn.from_ms <= one < known_ms)
    silences = _list_silences([worn.from_ms, *heard, known_ms])
    lost = [one for one in silences if one[1] - one[0] >= LOST_MS] if heard else []
    missing_ms = sum(to - since - SPACING_MS for since, to in silences)
    return {
        "participant": worn.participant,
        "strap": worn.strap,
        "from": format_utc_ms(worn.from_ms),
        "until": format_utc_ms(worn.until_ms),
        "worn_s": round((worn.until_ms - worn.from_ms) / 1000),
        "unknown_s": round((worn.until_ms - known_ms) / 1000),
        "lost_s": round(sum(to - since for since, to in lost) / 1000) if heard else None,
        "lost": [{"from": format_utc_ms(a), "until": format_utc_ms(b)} for a, b in lost],
        "coverage_pct": (
            round(100 * (1 - missing_ms / (known_ms - worn.from_ms)), 1) if heard else None
        ),
        "missing_reason": None if heard else _name_reason(worn, known_ms, agreed),
    }


def _name_reason(worn: Worn, known_ms: int, agreed: bool) -> str:
    if not agreed:
        return "not_agreed"
    return "not_heard" if known_ms > worn.from_ms else "not_known_yet"


def _list_silences(moments_ms: Sequence[int]) -> list[tuple[int, int]]:
    pairs = zip(moments_ms, moments_ms[1:], strict=False)
    return [(since, to) for since, to in pairs if to - since > SILENCE_MS]
