"""The sessions of a simulated study: a whole course that begins on the day of the demo."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from firmware_sim.errors import ProgramError
from firmware_sim.rehearsal.participants import SIGNS
from firmware_sim.rehearsal.study import DATA, RunServer

PLAN: Final = "tailored"
STARTS_IN: Final = timedelta(minutes=5)  # women are arriving
WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


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
    """The server's command for three sessions a week, every other day from `now` on."""
    first = now.astimezone(UTC) + STARTS_IN
    days = ",".join(WEEKDAYS[(first.weekday() + after) % 7] for after in (0, 2, 4))
    codes = ",".join(f"P{number:02d}" for number in range(1, len(SIGNS) + 1))
    return [
        *("sessions", "schedule", "--plan", PLAN, "--first", f"{first:%Y-%m-%d}", "--days", days),
        *("--time", f"{first:%H:%M}", "--timezone", "UTC", "--participants", codes),
    ]
