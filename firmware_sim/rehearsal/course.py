"""The sessions of a simulated study: a course that is half over on the evening of the demo."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from firmware_sim.errors import ProgramError
from firmware_sim.rehearsal.participants import SIGNS
from firmware_sim.rehearsal.study import DATA, RunServer
from protocol.ledger.instants import format_utc_ms

PLAN: Final = "tailored"
STARTS_IN: Final = timedelta(minutes=5)  # women are arriving
TONIGHT: Final = 14  # of the 24 sessions: half of the course lies behind it
TONIGHT_WITHIN: Final = timedelta(hours=12)  # as the server has it
A_WEEK: Final = 3  # sessions, every other day
WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
A_COURSE: Final = timedelta(weeks=8)


async def make_course(folder: Path, now: datetime, run_server: RunServer) -> None:
    """Plan it once a day, so that a demo of last week's folder has a session tonight as well.

    Where an earlier course has a session at that very hour, that one is tonight's.
    """
    kept = folder / f"course-{now:%Y-%m-%d}.txt"
    if kept.exists():
        return
    words = list_course_words(now)
    with suppress(ProgramError):
        await run_server(folder / DATA, *words)
    kept.write_text(" ".join(words) + "\n", encoding="utf-8")


def list_course_words(now: datetime) -> list[str]:
    """The server's command for a course whose session `TONIGHT` begins in some minutes."""
    tonight = now.astimezone(UTC) + STARTS_IN
    weeks, place = divmod(TONIGHT - 1, A_WEEK)
    first = tonight - timedelta(weeks=weeks, days=2 * place)
    return list_schedule_words(PLAN, first)


def list_past_course_words(now: datetime, plan: str) -> list[str]:
    """The same for a course that has ended: its last session was two days ago at least."""
    return list_schedule_words(plan, now.astimezone(UTC) - A_COURSE)


def list_past_unheld(lines: Sequence[dict[str, Any]], now: datetime) -> list[dict[str, Any]]:
    """Planned sessions of days gone by that nobody began, by planned start."""
    before = format_utc_ms(round((now - TONIGHT_WITHIN).timestamp() * 1000))
    planned = [line for line in lines if line["planned_start"] and line["state"] == "planned"]
    return [line for line in planned if line["planned_start"] < before]


def list_schedule_words(plan: str, first: datetime, n_trained: int = len(SIGNS)) -> list[str]:
    """The same for a course that begins then, for the first so many participants."""
    days = ",".join(WEEKDAYS[(first.weekday() + after) % 7] for after in (0, 2, 4))
    codes = ",".join(f"P{number:02d}" for number in range(1, n_trained + 1))
    return [
        *("sessions", "schedule", "--plan", plan, "--first", f"{first:%Y-%m-%d}", "--days", days),
        *("--time", f"{first:%H:%M}", "--timezone", "UTC", "--participants", codes),
    ]
