"""Fifteen participants with a sign each, made once."""

import json
from pathlib import Path

import pytest

from firmware_sim.errors import ProgramError
from firmware_sim.rehearsal.participants import (
    FILE,
    SIGNS,
    Arms,
    describe_participants,
    make_participants,
)
from firmware_sim.rehearsal.verdict.evidence import RehearsedStrap

STRAPS = [
    RehearsedStrap("51ADA001", "h10", "Polar H10 51ADA001", ("heart_rate",)),
    RehearsedStrap("51ADA002", "h10", "Polar H10 51ADA002", None),
    RehearsedStrap("51ADA003", "h10", "Polar H10 51ADA003", ("heart_rate",)),
]


class FakeServer:
    """`participants add` works once."""

    def __init__(self, n_known: int = 0) -> None:
        self.asked: list[str] = []
        self._n_known = n_known

    async def run(self, _data: Path, *words: str) -> str:
        self.asked.append(" ".join(words[:2]))
        if words[1] == "list":
            return json.dumps([{}] * self._n_known)
        if self._n_known:
            raise ProgramError("P01 is in the study already")
        self._n_known = len(Path(words[-1]).read_text().splitlines()) - 1
        return ""


def test_everybody_has_a_sign_and_the_rostered_straps_are_worn_in_order() -> None:
    head, *rows = describe_participants(STRAPS).splitlines()
    assert head == "code,sign,arm,flags,strap"
    assert rows[:3] == ["P01,Fig,training,,51ADA001", "P02,Tea,training,,51ADA003",
                        "P03,Sea,training,,"]  # fmt: skip
    assert len(rows) == len(set(SIGNS)) == 15


def test_a_trial_has_two_arms_and_who_does_not_train_has_no_strap() -> None:
    _, *rows = describe_participants(STRAPS, Arms(2, 2)).splitlines()
    assert rows == ["P01,Fig,training,,51ADA001", "P02,Tea,training,,51ADA003",
                    "P03,Moon,control,,", "P04,Pear,control,,"]  # fmt: skip
    _, *rows = describe_participants(STRAPS, Arms(15, 15)).splitlines()
    assert len({row.split(",")[1] for row in rows}) == 30


async def test_they_are_made_once(tmp_path: Path) -> None:
    server = FakeServer()
    for _ in range(2):
        await make_participants(tmp_path, STRAPS, server.run)
    assert server.asked == ["participants add"]
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


async def test_who_was_added_before_an_interruption_stays(tmp_path: Path) -> None:
    server = FakeServer(n_known=15)
    await make_participants(tmp_path, STRAPS, server.run)
    assert server.asked == ["participants add", "participants list"]
    assert (tmp_path / FILE).exists()


async def test_what_fails_for_another_reason_is_told(tmp_path: Path) -> None:
    with pytest.raises(ProgramError):
        await make_participants(tmp_path, STRAPS, FakeServer(n_known=3).run)
    assert not (tmp_path / FILE).exists()
