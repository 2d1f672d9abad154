"""A session begins in some minutes, in the middle of a course that is planned once a day."""

from datetime import UTC, datetime
from pathlib import Path

from firmware_sim.errors import ProgramError
from firmware_sim.rehearsal.course import (
    list_course_words,
    list_past_course_words,
    list_past_unheld,
    make_course,
)

NOW = datetime(2026, 11, 26, 23, 58, tzinfo=UTC)  # a Thursday, two minutes before midnight


class FakeServer:
    def __init__(self, *, refuses: bool = False) -> None:
        self.asked: list[str] = []
        self._refuses = refuses

    async def run(self, _data: Path, *words: str) -> str:
        self.asked.append(" ".join(words))
        if self._refuses:
            raise ProgramError("session 1 would overlap with one that is planned")
        return ""


def test_tonight_is_the_second_session_of_week_five() -> None:
    """Two weeks of months end in between; the days count from tonight."""
    words = list_course_words(NOW)
    assert words[words.index("--first") + 1] == "2026-10-28"  # 30 days before 27 November
    assert words[words.index("--time") + 1] == "00:03"
    assert words[words.index("--days") + 1] == "wed,fri,sun"  # 27 November is a Friday
    assert words[-1].split(",")[-1] == "P15"


def test_a_past_course_is_over() -> None:
    words = list_past_course_words(NOW, "as_printed")
    assert words[words.index("--plan") + 1] == "as_printed"
    assert words[words.index("--first") + 1] == "2026-10-01"  # its last day is 24 November
    assert words[words.index("--days") + 1] == "thu,sat,mon"


def test_what_nobody_held_before_today_is_past() -> None:
    def line(start: str | None, state: str = "planned") -> dict[str, str | None]:
        return {"planned_start": start, "state": state}

    old = line("2026-11-25T17:00:00.000Z")
    lines = [old, line("2026-11-24T17:00:00.000Z", "closed"), line("2026-11-27T00:03:00.000Z"),
             line("2026-11-26T12:00:00.000Z"), line(None)]  # fmt: skip
    assert list_past_unheld(lines, NOW) == [old]


async def test_once_a_day(tmp_path: Path) -> None:
    server = FakeServer()
    await make_course(tmp_path, NOW, server.run)
    await make_course(tmp_path, NOW, server.run)
    assert len(server.asked) == 1
    await make_course(tmp_path, NOW.replace(day=30), server.run)
    assert len(server.asked) == 2


async def test_a_session_that_is_planned_for_this_hour_serves_as_well(tmp_path: Path) -> None:
    server = FakeServer(refuses=True)
    await make_course(tmp_path, NOW, server.run)
    await make_course(tmp_path, NOW, server.run)
    assert len(server.asked) == 1
