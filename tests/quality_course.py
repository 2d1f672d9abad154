"""Evenings of two women with straps, and what can go wrong in them: what a quality queue shows.

Values are invented here, second by second; nobody's heart beat like that.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from protocol.ledger.instants import parse_utc_ms
from protocol.messages.uplink import GapDeclaration, GapReason, NotificationRecord
from server.storage import Storage
from tests.dose_course import CODES, EXERCISE, rate, schedule, tell, write
from tests.ledger_entries import Tablet, attending, effort, started, wearing
from tests.unit.server.batches import BOOT, STRAPS, upload

STRAP_OF: Final = dict(zip(CODES, STRAPS, strict=False))
NS_PER_MS: Final = 1_000_000
ROUNDS: Final = 2  # of two stations, two minutes each: eight minutes, from minute 10 on
# Seated and in the circuit, in beats a minute: P01 is fast, P02 is slow, P03 has no strap.
HEARTS: Final = {"P01": (84, 140), "P02": (58, 104)}


class QualityCourse:
    """Sessions that are held one after the other, in a study with P01 to P03."""

    def __init__(self, storage: Storage, first: datetime, ids: list[str] | None = None) -> None:
        """`ids` are of sessions that are planned already."""
        self.storage = storage
        self.first = first
        self.ids = schedule(storage, first) if ids is None else ids
        self._n_records = 0

    def hold(
        self,
        place: int,
        start: datetime,
        *,
        straps: Mapping[str, str] | None = None,
        silent: Mapping[str, tuple[float, float]] | None = None,
        strap_on: Mapping[str, float] | None = None,
        closes: bool = True,
    ) -> None:
        """One evening. `straps`: who is written down with which; `silent`: minutes, by code.

        `strap_on`: the minute in which she is written down to have put hers on, else the first.

        P01 really wears the first strap and P02 the second one. Each is measured seated in the
        minutes 3 to 5, and rates the session 13.
        """
        hand, session = Tablet(self.ids[place].replace("-", "")[:16]), self.ids[place]
        told = straps or {code: STRAP_OF[code] for code in HEARTS}

        def at(minute: float) -> str:
            return tell(start + timedelta(minutes=minute))

        circuit = started(at(10), [EXERCISE, "pelvic-tilt"], {"P01": 0, "P02": 1}, rounds=ROUNDS)
        events = [
            hand.write("attendance", "P03", attending("absent", "ill"), at(0)),
            *[hand.write("attendance", code, attending(), at(0)) for code in HEARTS],
            *[
                hand.write("wearing", _about(place, code), wearing(code, told[code], on), on)
                for code in HEARTS
                for on in [at((strap_on or {}).get(code, 1.0))]
            ],
            *[hand.write("resting_hr", code, _seated(at(3), at(5)), at(5)) for code in HEARTS],
            hand.write("clock_started", "clock", circuit, at(10)),
            *[hand.write("session_rpe", code, rate(13), at(40)) for code in HEARTS],
        ]
        if closes:
            events.append(hand.write("session_closed", "session", {"summary": {}}, at(45)))
        write(self.storage, session, *events)
        for code in HEARTS:
            self._send(code, start, (silent or {}).get(code))

    def rate_rounds(self, place: int, start: datetime, code: str, *ratings: int) -> None:
        """Her efforts of the first rounds."""
        hand = Tablet("d" * 16)
        at = tell(start + timedelta(minutes=20))
        rows = [
            hand.write("rpe", f"{code}/{number}", effort(rating), at)
            for number, rating in enumerate(ratings, 1)
        ]
        write(self.storage, self.ids[place], *rows)

    def _send(self, code: str, start: datetime, silent: tuple[float, float] | None) -> None:
        """A heart rate a second from minute 1 to 30, with a declared gap where it was silent."""
        seated, working = HEARTS[code]
        records = []
        for second in range(60, 1800):
            minute = second / 60
            if silent is not None and silent[0] <= minute < silent[1]:
                continue
            bpm = (seated if minute < 10 else working) + second % 2
            records.append(self._record(STRAP_OF[code], bpm, start + timedelta(seconds=second)))
        for first in range(0, len(records), 500):
            self.storage.writer.submit(upload(records[first : first + 500])).result()
        if silent is not None:
            ends = [start + timedelta(minutes=one) for one in silent]
            self.storage.writer.submit(upload([self._gap(STRAP_OF[code], *ends)])).result()

    def _record(self, strap: str, bpm: int, when: datetime) -> NotificationRecord:
        self._n_records += 1
        at_ms = parse_utc_ms(tell(when))
        payload = bytes([0x00, bpm])
        return NotificationRecord(
            self._n_records, strap, "2a37", BOOT, self._monotonic_ns(at_ms), at_ms * NS_PER_MS,
            payload,
        )  # fmt: skip

    def _gap(self, strap: str, begins: datetime, ends: datetime) -> GapDeclaration:
        self._n_records += 1
        from_ms, to_ms = parse_utc_ms(tell(begins)), parse_utc_ms(tell(ends))
        return GapDeclaration(
            strap=strap,
            reason=GapReason.LINK_LOST,
            from_ns=from_ms * NS_PER_MS,
            to_ns=to_ms * NS_PER_MS,
            first_seq=self._n_records,
            last_seq=self._n_records,
            boot_id=BOOT,
            from_monotonic_ns=self._monotonic_ns(from_ms),
            to_monotonic_ns=self._monotonic_ns(to_ms),
        )

    def _monotonic_ns(self, at_ms: int) -> int:
        """Of a gateway that was started a day before the course."""
        since_ms = parse_utc_ms(tell(self.first - timedelta(days=1)))
        return (at_ms - since_ms) * NS_PER_MS


def name_wearing(place: int, code: str) -> str:
    """What her entry of an evening is about."""
    return _about(place, code)


def _about(place: int, code: str) -> str:
    return f"01999999-0000-7000-8000-00000{place:04d}{code[1:]}0"


def _seated(since: str, until: str) -> dict[str, Any]:
    """As the tablet wrote it, by whatever strap it took for hers."""
    return {"bpm": 70, "n_values": 120, "coverage_pct": 100.0, "from": since, "to": until,
            "missing_reason": None}  # fmt: skip
