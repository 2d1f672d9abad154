"""Which session a participant's screens are about: the next one, the last one. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from protocol.ledger.instants import parse_utc_ms

_HOUR_MS: Final = 3_600_000
STILL_TONIGHT_H: Final = 4  # after its planned start a session is still ahead, or goes on
ASKED_AFTER_H: Final = 6  # the next day's question comes that long after the start, at the earliest
ASKED_FOR_H: Final = 72  # and that long, or until the next session begins

Line = Mapping[str, Any]


def find_next(lines: Sequence[Line], code: str, now: str) -> Line | None:
    """The session that goes on or comes next for her; closed ones are over."""
    now_ms = parse_utc_ms(now)
    ahead = [
        line
        for line in _list_hers(lines, code)
        if line["state"] != "closed"
        and parse_utc_ms(line["planned_start"]) >= now_ms - STILL_TONIGHT_H * _HOUR_MS
    ]
    return ahead[0] if ahead else None


def find_last_held(lines: Sequence[Line], code: str, now: str) -> Line | None:
    """The newest session of hers that was begun."""
    now_ms = parse_utc_ms(now)
    held = [
        line
        for line in _list_hers(lines, code)
        if line["state"] != "planned"
        and parse_utc_ms(line["planned_start"]) <= now_ms + STILL_TONIGHT_H * _HOUR_MS
    ]
    return held[-1] if held else None


def find_asked_about(lines: Sequence[Line], now: str) -> Line | None:
    """The session of the group whose next day it is: the same for women of both arms.

    Whether it is another day where she is, her own phone knows.
    """
    now_ms = parse_utc_ms(now)
    begun = [line for line in _list_planned(lines) if parse_utc_ms(line["planned_start"]) <= now_ms]
    if not begun:
        return None
    passed_ms = now_ms - parse_utc_ms(begun[-1]["planned_start"])
    is_asked = ASKED_AFTER_H * _HOUR_MS <= passed_ms < ASKED_FOR_H * _HOUR_MS
    return begun[-1] if is_asked else None


def _list_hers(lines: Sequence[Line], code: str) -> list[Line]:
    return [line for line in _list_planned(lines) if code in (line["participants"] or ())]


def _list_planned(lines: Sequence[Line]) -> list[Line]:
    planned = [line for line in lines if line["planned_start"] is not None]
    return sorted(planned, key=lambda line: str(line["planned_start"]))
