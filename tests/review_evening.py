"""An evening with two straps for its review: hearts, a gap, an event, and a strap that was swapped.

SIMULATED: hearts that follow work and rest with a time constant of half a minute.
"""

import math
import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Final

from protocol.ledger.event import LedgerEvent
from protocol.messages.uplink import GapDeclaration, GapReason, NotificationRecord
from server.sessions.appending import Posting
from server.sessions.ledger import append_events
from server.storage import Storage
from tests.dose_course import tell
from tests.ledger_entries import (
    Tablet,
    adverse,
    attending,
    effort,
    logged,
    started,
    wearing,
)
from tests.unit.server.batches import BOOT, upload

WORN_A: Final = "01999999-0000-7000-8000-0000000000a1"
WORN_B: Final = "01999999-0000-7000-8000-0000000000a2"
EVENT: Final = "01999999-0000-7000-8000-0000000000e1"
STATIONS: Final = ["sit-to-stand", "pelvic-tilt", "bird-dog", "zigzag-walk"]
CLOCK_MIN: Final = 15.0
CIRCUIT_MIN: Final = 16.0  # two rounds of four stations, a minute of work and one of rest
GAP_MIN: Final = (20.0, 22.5)
EVENT_MIN: Final = 29.5
END_MIN: Final = 40.0
BASES_BPM: Final = (96, 78)  # of the two who wear a strap
_NS_PER_MS: Final = 1_000_000
_RECORDS_AT_ONCE: Final = 500


def hold_review_evening(
    storage: Storage, session: str, start: datetime, straps: tuple[str, str]
) -> None:
    """P01 and P02 train with a strap each, P03 without, until she nearly falls."""

    def at(minute: float) -> str:
        return tell(start + timedelta(minutes=minute))

    hand = Tablet("ab" * 8)
    circuit = started(at(CLOCK_MIN), STATIONS, {"P01": 0, "P02": 1, "P03": 2}, rounds=2)
    room = {"temperature_c": 21.5, "humidity_pct": None, "source": "typed"}
    events = [
        hand.write("room_climate", "start", room, at(0)),
        hand.write("phase_entered", "session", {"phase": "arrivals"}, at(1)),
        *[hand.write("attendance", code, attending(), at(2)) for code in ("P01", "P02", "P03")],
        hand.write("wearing", WORN_A, wearing("P01", straps[0], at(3)), at(3)),
        hand.write("wearing", WORN_B, wearing("P02", straps[1], at(3)), at(3)),
        hand.write("phase_entered", "session", {"phase": "warmup"}, at(5)),
        hand.write("phase_entered", "session", {"phase": "circuit"}, at(CLOCK_MIN)),
        hand.write("clock_started", "clock", circuit, at(CLOCK_MIN)),
        _see(hand, "P01", "sit-to-stand", 1, at(16)),
        _see(hand, "P01", "pelvic-tilt", 1, at(18)),
        hand.write("rpe", "P01/1", rate(13), at(23)),
        hand.write("rpe", "P02/1", rate(None), at(23)),
        hand.write("adverse_event", EVENT, adverse("P03"), at(EVENT_MIN)),
        hand.write("phase_entered", "session", {"phase": "cooldown"}, at(32)),
        hand.write("session_closed", "session", {"summary": {}}, at(END_MIN)),
    ]  # fmt: skip
    post(storage, session, *events)
    send_hearts(storage, start, straps)


def post(storage: Storage, session: str, *events: LedgerEvent) -> None:
    """Into the ledger, past a tablet's sign-in."""
    posting = Posting(session, events, events[-1].occurred_at, "sara")
    storage.writer.write(lambda connection: append_events(connection, posting, os.urandom)).result()


def send_hearts(storage: Storage, start: datetime, straps: tuple[str, str]) -> None:
    """A heart rate a second of both straps; the first one's link is lost for a while."""
    entries = sorted(_make_entries(start, straps), key=lambda one: one[0])
    numbered = [entry(seq) for seq, (_, entry) in enumerate(entries, start=1)]
    for first in range(0, len(numbered), _RECORDS_AT_ONCE):
        storage.writer.submit(upload(numbered[first : first + _RECORDS_AT_ONCE])).result()


def rate(rating: int | None) -> dict[str, Any]:
    """An effort of a round at its exercise."""
    return effort(rating, exercise="sit-to-stand")


def _make_entries(start: datetime, straps: tuple[str, str]) -> Iterator[tuple[int, Any]]:
    start_ms = round(start.timestamp() * 1000)
    for strap, base_bpm in zip(straps, BASES_BPM, strict=True):
        for second, bpm in enumerate(_beat(base_bpm)):
            minute = 3 + second / 60
            if strap == straps[0] and GAP_MIN[0] <= minute < GAP_MIN[1]:
                continue
            at_ms = start_ms + 180_000 + 1000 * second
            yield at_ms, _Heard(strap, bpm, at_ms, start_ms)
    lost = [start_ms + round(minute * 60_000) for minute in GAP_MIN]
    yield lost[1], _Lost(straps[0], lost[0], lost[1], start_ms)


def _beat(base_bpm: int) -> Iterator[int]:
    bpm = float(base_bpm)
    for second in range(round((END_MIN - 3) * 60)):
        since_min = 3 + second / 60 - CLOCK_MIN
        is_work = 0 <= since_min < CIRCUIT_MIN and since_min % 2 < 1
        is_circuit = 0 <= since_min < CIRCUIT_MIN
        target = base_bpm + (38 if is_work else 16 if is_circuit else 4)
        bpm += (target - bpm) / 30
        yield round(bpm + 1.6 * math.sin(second / 4.7))


class _Heard:
    """A notification that still lacks its number."""

    def __init__(self, strap: str, bpm: int, at_ms: int, start_ms: int) -> None:
        self._parts = strap, bytes([0x00, bpm]), at_ms, _monotonic_ns(at_ms, start_ms)

    def __call__(self, seq: int) -> NotificationRecord:
        strap, payload, at_ms, monotonic_ns = self._parts
        return NotificationRecord(
            seq, strap, "2a37", BOOT, monotonic_ns, at_ms * _NS_PER_MS, payload
        )


class _Lost:
    """A gap that still lacks its number."""

    def __init__(self, strap: str, from_ms: int, until_ms: int, start_ms: int) -> None:
        self._parts = strap, from_ms, until_ms, start_ms

    def __call__(self, seq: int) -> GapDeclaration:
        strap, from_ms, until_ms, start_ms = self._parts
        return GapDeclaration(
            strap=strap, reason=GapReason.LINK_LOST, from_ns=from_ms * _NS_PER_MS,
            to_ns=until_ms * _NS_PER_MS, first_seq=seq, last_seq=seq, boot_id=BOOT,
            from_monotonic_ns=_monotonic_ns(from_ms, start_ms),
            to_monotonic_ns=_monotonic_ns(until_ms, start_ms),
        )  # fmt: skip


def _monotonic_ns(at_ms: int, start_ms: int) -> int:
    return (at_ms - start_ms + 3_600_000) * _NS_PER_MS


def _see(hand: Tablet, code: str, exercise: str, number: int, at: str) -> LedgerEvent:
    return hand.write("set", f"{code}/{exercise}/{number}", logged(exercise, 10, round_=number), at)
