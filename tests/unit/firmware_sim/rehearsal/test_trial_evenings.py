"""What goes wrong on the evenings of a trial is in the ledger, or is only true."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

from firmware_sim.evening.evening import write_evening
from firmware_sim.evening.notebook import Draft
from firmware_sim.evening.pen import Pen, Written
from firmware_sim.evening.woman import Woman, make_woman
from firmware_sim.rehearsal.course_play import CoursePlayer
from firmware_sim.rehearsal.trial_evenings import PlayedEvening, TrialEvenings
from firmware_sim.rehearsal.trial_shape import TrialShape
from firmware_sim.trial.troubles import TroubleKind
from tests.evening_bundle import CODES, make_evening_bundle, make_line

SEED = 1
WOMEN = [make_woman(code, "Fig", f"51ADA{n:03X}", SEED) for n, code in enumerate(CODES, 1)]
USUAL = {woman.code: woman.strap for woman in WOMEN}


class FakePlayer:
    """Writes without a server."""

    def __init__(self) -> None:
        self._pen = Pen("51ada51ada51ada0", "sara", SEED)
        self.corrections: list[dict[str, Any]] = []

    async def play(
        self, line: dict[str, Any], strap: Callable[[Sequence[Woman]], list[Woman]]
    ) -> list[dict[str, Any]]:
        bundle = make_evening_bundle(line["ordinal"])
        return self._pen.write(write_evening(bundle, line, strap(WOMEN), SEED))

    async def correct(
        self, _session: str, drafts: Sequence[Draft], before: Mapping[str, Written]
    ) -> list[dict[str, Any]]:
        self.corrections += (sent := self._pen.write(drafts, before))
        return sent


async def _play(n_sessions: int) -> tuple[list[PlayedEvening], FakePlayer]:
    player, shape = FakePlayer(), TrialShape(SEED, n_sessions=n_sessions)
    evenings = TrialEvenings(cast(CoursePlayer, player), shape)
    lines = [make_line(ordinal) for ordinal in range(1, n_sessions + 1)]
    return [one async for one in evenings.play(lines, lambda _: None)], player


def _find(played: Sequence[PlayedEvening], kind: TroubleKind) -> list[tuple[PlayedEvening, str]]:
    return [(one, t.participant) for one in played for t in one.plan.troubles if t.kind is kind]


async def test_one_strap_is_forgotten_and_one_is_late() -> None:
    played, _ = await _play(4)
    ((evening, code),) = _find(played, TroubleKind.STRAP_FORGOTTEN)
    assert code in evening.entered.arrivals_ms
    assert code not in {one.participant for one in evening.entered.worn}
    ((evening, code),) = _find(played, TroubleKind.STRAP_LATE)
    assert code in {one.participant for one in evening.entered.worn}


async def test_two_swap_and_two_entries_put_it_right() -> None:
    played, player = await _play(4)
    (evening, one), (same, other) = _find(played, TroubleKind.SWAPPED)
    assert evening is same
    worn = {each.participant: each.strap for each in evening.entered.worn}
    assert (worn[one], worn[other]) == (USUAL[other], USUAL[one])
    assert {code for code, strap in worn.items() if strap != USUAL[code]} == {one, other}
    assert [entry["reason"] for entry in player.corrections] == ["they had each other's strap"] * 2
    assert all(entry["supersedes"] for entry in player.corrections)


async def test_movement_is_kept_of_one_evening_and_a_link_is_lost_on_each() -> None:
    played, _ = await _play(4)
    assert [one.plan.has_acceleration for one in played] == [False, True, False, False]
    assert len(_find(played, TroubleKind.LINK_LOST)) == 4


async def test_a_trial_of_one_evening_has_all_of_it() -> None:
    (evening,), _ = await _play(1)
    assert {one.kind for one in evening.plan.troubles} == set(TroubleKind)
