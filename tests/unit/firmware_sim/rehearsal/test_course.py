"""A session begins in some minutes, and a whole course with it, planned once a day."""

from datetime import UTC, datetime
from pathlib import Path

from firmware_sim.errors import ProgramError
from firmware_sim.rehearsal.course import list_course_words, make_course

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


def test_the_first_session_begins_in_five_minutes_every_other_day_from_then_on() -> None:
    words = list_course_words(NOW)
    assert words[words.index("--first") + 1] == "2026-11-27"
    assert words[words.index("--time") + 1] == "00:03"
    assert words[words.index("--days") + 1] == "fri,sun,tue"
    assert words[-1].split(",")[-1] == "P15"


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
