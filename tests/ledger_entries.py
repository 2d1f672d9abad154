"""Ledger events as tablets would make them, short to write down in tests."""

import hashlib
from typing import Any

import msgspec

from protocol.ledger.event import LedgerEvent
from protocol.ledger.instants import format_utc_ms, parse_utc_ms
from protocol.ledger.uuid7 import make_uuid7
from protocol.ledger.validation import decode_event

SESSION = "01999999-0000-7000-8000-00000000000e"
EVENING = "2026-11-30T17:00:00.000Z"
TABLET_A = "aaaaaaaaaaaaaaaa"
TABLET_B = "bbbbbbbbbbbbbbbb"
PLAN_SHA256 = "0" * 64


def minute(number: float, evening: str = EVENING) -> str:
    """UTC so many minutes after the evening's start."""
    return format_utc_ms(parse_utc_ms(evening) + round(number * 60_000))


class Tablet:
    """One tablet's hand: counts its entries, and makes ids that a second run makes again."""

    def __init__(
        self, device: str = TABLET_A, actor: str = "sara", *, offset_ms: int | None = 0
    ) -> None:
        self.device = device
        self.actor = actor
        self.offset_ms = offset_ms
        self._n = 0

    def write(  # noqa: PLR0913 (an envelope has as many parts)
        self,
        kind: str,
        about: str,
        value: dict[str, Any] | None,
        at: str = EVENING,
        *,
        supersedes: LedgerEvent | str | None = None,
        reason: str | None = None,
    ) -> LedgerEvent:
        """A valid event; AssertionError when the vocabulary refuses it."""
        self._n += 1
        target = supersedes.id if isinstance(supersedes, LedgerEvent) else supersedes
        row = {
            "id": make_uuid7(parse_utc_ms(at), _bytes_for(f"{self.device} {self._n}")),
            "kind": kind,
            "about": about,
            "value": value,
            "actor": self.actor,
            "device": self.device,
            "device_seq": self._n,
            "occurred_at": at,
            "clock_offset_ms": self.offset_ms,
            "supersedes": target,
            "reason": reason or (None if target is None else "mistyped"),
        }
        event = decode_event(row)
        assert isinstance(event, LedgerEvent), event
        return event

    def correct(
        self, wrong: LedgerEvent, value: dict[str, Any] | None, at: str = EVENING
    ) -> LedgerEvent:
        """Another value (None: a void) in place of an entry."""
        return self.write(wrong.kind, wrong.about, value, at, supersedes=wrong)


def to_json(event: LedgerEvent) -> dict[str, Any]:
    row: dict[str, Any] = msgspec.to_builtins(event)
    return row


def _bytes_for(seed: str) -> bytes:
    return hashlib.sha256(seed.encode()).digest()[:10]


def planned(*participants: str, ordinal: int = 1) -> dict[str, Any]:
    return {
        "ordinal": ordinal,
        "week": 1,
        "planned_start": EVENING,
        "plan": "as_printed",
        "plan_sha256": PLAN_SHA256,
        "participants": list(participants),
    }


def attending(status: str = "present", why: str | None = None) -> dict[str, Any]:
    return {"status": status, "why": why}


def started(
    at: str,
    stations: list[str],
    start_station: dict[str, int],
    *,
    rounds: int = 1,
    work_s: int = 60,
) -> dict[str, Any]:
    """A circuit of one work and one rest segment a slot, a minute of rest."""
    segments = [
        {"kind": kind, "round": round_, "slot": slot, "seconds": seconds}
        for round_ in range(1, rounds + 1)
        for slot in range(1, len(stations) + 1)
        for kind, seconds in (("work", work_s), ("rest", 60))
    ]
    return {
        "at": at,
        "segments": segments,
        "stations": stations,
        "start_station": start_station,
        "direction": 1,
    }


def amount(
    repetitions: int | None = 10, *, band: str | None = None, unit: str = "repetitions"
) -> dict[str, Any]:
    return {"amount": repetitions, "unit": unit, "band": band, "sides": None}


def performed(repetitions: int | None = 10, *, band: str | None = None) -> dict[str, Any]:
    return {**amount(repetitions, band=band), "band_length_cm": None}


def logged(
    exercise: str, repetitions: int | None = 10, /, *, round_: int = 1, **other: Any
) -> dict[str, Any]:
    """A set that somebody saw; `other` are values to change."""
    return {
        "round": round_,
        "station": 0,
        "exercise": exercise,
        "substituted_for": None,
        "prescribed": amount(10),
        "performed": performed(repetitions),
        "evidence": "observed",
        "technique": None,
        "chips": [],
        "shortfall_reason": None,
        **other,
    }


def prescription(*, instead: str | None = None, **exercises: int) -> dict[str, Any]:
    """Repetitions by exercise; `instead` is what she does at all of these stations."""
    rows = {}
    for name, n in exercises.items():
        exercise = name.replace("_", "-")
        told = {"exercise": instead or exercise, "rule": None, "lighter": None,
                "while_locked": None}  # fmt: skip
        rows[exercise] = {**amount(n), **told}
    return {"exercises": rows}


def prescription_with_lighter(exercise: str, n: int, *, lighter: int) -> dict[str, Any]:
    """So many repetitions, and how many on a lighter day."""
    row = {**amount(n), "exercise": exercise, "rule": None, "while_locked": None}
    return {"exercises": {exercise: {**row, "lighter": {"amount": lighter, "band": None}}}}


def target(exercise: str, n: int, *, lighter: int | None = None) -> dict[str, Any]:
    """So many repetitions of an exercise, and how many on a lighter day."""
    less = None if lighter is None else {"amount": lighter, "band": None}
    return {**amount(n), "exercise": exercise, "lighter": less}


def prescription_of_a_jump(station: str, n: int, stand_in: dict[str, Any]) -> dict[str, Any]:
    """So many jumps for one who is ready, and what stands in for them from a no on."""
    row = {**target(station, n), "rule": None, "while_locked": stand_in}
    return {"exercises": {station: row}}


def substitution(  # noqa: PLR0913 (a choice has as many parts)
    at: str,
    exercise: str | None,
    n: int = 8,
    *,
    why: str | None = None,
    lighter: int | None = None,
    locked: bool = False,
) -> dict[str, Any]:
    """From then on so many repetitions of another exercise; None: as prescribed again."""
    told = exercise and {**target(exercise, n, lighter=lighter), "locked": locked}
    return {"at": at, "instead": told, "reason_chip": why}


def signed_off(*, ready: bool, locked_from: str | None = None) -> dict[str, Any]:
    return {"ready": ready, "signed_by": "sara", "locked_from": locked_from}


def effort(rating: float | None, *, scale: str = "borg_6_20", **other: Any) -> dict[str, Any]:
    return {
        "scale": scale,
        "rating": rating,
        "missing_reason": "not_asked" if rating is None else None,
        "source": None if rating is None else "said",
        "anchor_pack": "none",
        "exercise": None,
        **other,
    }


def wearing(participant: str, strap: str, from_: str, until: str | None = None) -> dict[str, Any]:
    return {"participant": participant, "strap": strap, "from": from_, "until": until}


def held(at: str, why: str | None = None) -> dict[str, Any]:
    return {"at": at, "why": why}


def adverse(participant: str, what: str = "near_fall") -> dict[str, Any]:
    context = dict.fromkeys(("round", "exercise", "set", "room_c", "hr_last_5min", "strap"))
    return {"participant": participant, "what": what, "context": context}
