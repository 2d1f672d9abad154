"""A course with one session that was held, one that runs, and others ahead: what a matrix shows."""

import os
from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from protocol.ledger.event import LedgerEvent
from protocol.ledger.instants import format_utc_ms
from protocol.training.shipped import read_shipped_plan
from server.sessions.appending import Posting
from server.sessions.domain.calendar import list_times
from server.sessions.ledger import append_events
from server.sessions.scheduling import Course, schedule_course
from server.sessions.service import list_all_sessions
from server.storage import Storage
from tests.ledger_entries import Tablet, adverse, attending, effort, logged, started

PLAN: Final = read_shipped_plan("as_printed")
CODES: Final = ("P01", "P02", "P03")
EXERCISE: Final = "sit-to-stand"
ROUNDS: Final = 4  # of two stations
LIGHTER: Final = {"decision": "lighter", "reason_chip": "tired"}


def schedule(
    storage: Storage,
    first: datetime,
    codes: tuple[str, ...] = CODES,
    weekdays: Collection[int] = range(7),
) -> list[str]:
    """The whole plan, day after day (0 is Monday) from a moment on; the ids of its sessions."""
    times = list_times(first.date(), weekdays, first.time(), UTC, PLAN.n_sessions)
    with storage.database.writing() as connection:
        course = Course("as_printed", PLAN, times, list(codes))
        schedule_course(connection, course, list(codes), tell(first), "sara")
        return [str(line["id"]) for line in list_all_sessions(connection)]


def hold(storage: Storage, session: str, start: datetime, *, closes: bool = True) -> None:
    """P01 does five sets, three of them seen, until an event stops her; P02 is absent.

    P03 has a lighter day and eight sets that nobody saw. P01 says 11 of the whole session, and
    nobody asks P03.
    """
    hand = Tablet(session.replace("-", "")[:16])

    def at(minute: float) -> str:
        return tell(start + timedelta(minutes=minute))

    circuit = started(at(10), [EXERCISE, "pelvic-tilt"], {"P01": 0, "P03": 0}, rounds=ROUNDS)
    events = [
        hand.write("attendance", "P01", attending(), at(0)),
        hand.write("attendance", "P02", attending("absent", "ill"), at(0)),
        hand.write("attendance", "P03", attending(), at(0)),
        hand.write("readiness_decision", "P03", dict(LIGHTER), at(1)),
        hand.write("clock_started", "clock", circuit, at(10)),
        *[_see(hand, number, at(10 + 2 * number)) for number in range(1, 4)],
        hand.write("adverse_event", "01999999-0000-7000-8000-0000000000aa", adverse("P01"), at(20)),
    ]
    if closes:
        events += [
            hand.write("session_rpe", "P01", rate(11), at(60)),
            hand.write("session_closed", "session", {"summary": {}}, at(61)),
        ]
    write(storage, session, *events)


def write(storage: Storage, session: str, *events: LedgerEvent) -> None:
    """Into the ledger, past a tablet's sign-in."""
    posting = Posting(session, events, tell(datetime.now(UTC)), "sara")
    storage.writer.write(lambda connection: append_events(connection, posting, os.urandom)).result()


def rate(rating: int) -> dict[str, Any]:
    """An effort of the whole session, as she said it."""
    value = effort(rating, minutes_after_end=20)
    del value["exercise"]
    return value


def tell(moment: datetime) -> str:
    """UTC as the ledger has it."""
    return format_utc_ms(round(moment.timestamp() * 1000))


def _see(hand: Tablet, number: int, at: str) -> LedgerEvent:
    return hand.write("set", f"P01/{EXERCISE}/{number}", logged(EXERCISE, 10, round_=number), at)
