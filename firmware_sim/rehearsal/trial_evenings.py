"""The evenings of a trial, entered one after the other, with what went wrong in each."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any

from firmware_sim.evening.attendance import choose_comers
from firmware_sim.evening.evening import begin_chance
from firmware_sim.evening.notebook import Draft
from firmware_sim.evening.pen import REFERS_TO
from firmware_sim.evening.woman import Woman
from firmware_sim.rehearsal.course_play import CoursePlayer, Say
from firmware_sim.rehearsal.trial_shape import TrialShape
from firmware_sim.trial.entered import Entered, Worn, read_entered
from firmware_sim.trial.evening_plan import EveningPlan
from firmware_sim.trial.session_load import read_session_loads
from firmware_sim.trial.troubles import (
    Trouble,
    TroubleKind,
    choose_swap,
    draw_calendar,
    draw_late,
    draw_losses,
)
from protocol.ledger.instants import format_utc_ms, parse_utc_ms

CORRECTED_AFTER_MS = 600_000  # when the two look at their straps once more
SWAP_REASON = "they had each other's strap"


@dataclass(frozen=True, slots=True)
class PlayedEvening:
    """A session as it was entered, corrections included; `loads_au` is session-RPE load by code."""

    session: str
    entered: Entered
    plan: EveningPlan
    loads_au: Mapping[str, float] = field(default_factory=dict)


class TrialEvenings:
    """A trainer's tablet over a whole trial. What can't happen on its evening happens on the next
    one on which it can.
    """

    def __init__(self, player: CoursePlayer, shape: TrialShape) -> None:
        self._player, self._shape = player, shape
        calendar = draw_calendar(shape.seed, shape.n_sessions)
        self._waiting = {
            TroubleKind.STRAP_FORGOTTEN: calendar.forgotten,
            TroubleKind.STRAP_LATE: calendar.late,
            TroubleKind.SWAPPED: calendar.swapped,
        }

    async def play(self, lines: Sequence[dict[str, Any]], say: Say) -> AsyncIterator[PlayedEvening]:
        """Enter these sessions in order. Raises ProgramError."""
        for line in lines:
            say(f"session {line['ordinal']} of {len(lines)} …")
            yield await self._play(line)

    async def _play(self, line: dict[str, Any]) -> PlayedEvening:
        ordinal: int = line["ordinal"]
        chance = Random(f"{self._shape.seed} troubles {ordinal}")
        troubles: list[Trouble] = []

        def leave_at_home(women: Sequence[Woman]) -> list[Woman]:
            if not self._is_due(TroubleKind.STRAP_FORGOTTEN, ordinal):
                return [*women]
            return self._forget(women, ordinal, chance, troubles)

        events = await self._player.play(line, leave_at_home)
        entered = read_entered(events)
        if self._is_due(TroubleKind.SWAPPED, ordinal):
            events += await self._swap(line["id"], entered, chance, troubles, events[-1])
            entered = read_entered(events)
        troubles += draw_losses(entered, entered.worn, chance)
        if self._is_due(TroubleKind.STRAP_LATE, ordinal):
            self._note(draw_late(entered, entered.worn, chance), troubles)
        has_acceleration = ordinal == self._shape.acceleration_on
        plan = EveningPlan(self._shape.seed, ordinal, troubles, has_acceleration)
        loads_au = read_session_loads(events, entered)
        return PlayedEvening(line["id"], entered, plan, loads_au)

    def _is_due(self, kind: TroubleKind, ordinal: int) -> bool:
        return kind in self._waiting and self._waiting[kind] <= ordinal

    def _note(self, trouble: Trouble | None, troubles: list[Trouble]) -> None:
        """It happened, unless it couldn't; then it is due on the next evening."""
        if trouble is not None:
            troubles.append(trouble)
            self._waiting.pop(trouble.kind, None)

    def _forget(
        self, women: Sequence[Woman], ordinal: int, chance: Random, troubles: list[Trouble]
    ) -> list[Woman]:
        """One of those who come tonight has no strap."""
        comers = choose_comers(women, begin_chance(self._shape.seed, ordinal))
        here = [one.woman.code for one in comers if one.arrives_min is not None and one.woman.strap]
        if not here:
            return [*women]
        forgetful = chance.choice(here)
        self._note(Trouble(TroubleKind.STRAP_FORGOTTEN, forgetful), troubles)
        return [replace(one, strap=None) if one.code == forgetful else one for one in women]

    async def _swap(  # noqa: PLR0913 (what was entered, whose it is, and where it is noted)
        self,
        session: str,
        entered: Entered,
        chance: Random,
        troubles: list[Trouble],
        last: dict[str, Any],
    ) -> list[dict[str, Any]]:
        """Two entries say, after the session, who really wore which strap."""
        pair = choose_swap(entered, chance)
        if pair is None:
            return []
        for one in pair:
            self._note(Trouble(TroubleKind.SWAPPED, one.participant), troubles)
        at_ms = parse_utc_ms(last["occurred_at"]) + CORRECTED_AFTER_MS
        drafts = [_correct(one, pair[1 - place].strap, at_ms) for place, one in enumerate(pair)]
        before = {one.participant: (one.id, one.about) for one in pair}
        return await self._player.correct(session, drafts, before)


def _correct(wrong: Worn, strap: str, at_ms: int) -> Draft:
    code = wrong.participant
    until = None if wrong.until_ms is None else format_utc_ms(wrong.until_ms)
    value = {
        "participant": code, "strap": strap, "from": format_utc_ms(wrong.from_ms), "until": until,
    }  # fmt: skip
    return Draft(at_ms, "wearing", REFERS_TO + code, value, supersedes=code, reason=SWAP_REASON)
