"""Evenings of a course, one after the other, through the API that tablets use."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from firmware_sim.evening.evening import write_evening
from firmware_sim.evening.notebook import Draft
from firmware_sim.evening.pen import Pen, Written
from firmware_sim.evening.woman import Woman, make_woman
from firmware_sim.rehearsal.tablet_client import DEVICE, TabletClient
from firmware_sim.rehearsal.trainer import NAME
from firmware_sim.rehearsal.verdict.ledger_checks import HeldSession

Say = Callable[[str], None]  # one line of progress
CLOSING_AFTER_MS = 1000


class CoursePlayer:
    """A trainer's tablet over many evenings; the same seed plays the same ones."""

    def __init__(self, tablet: TabletClient, seed: int) -> None:
        self._tablet, self._seed = tablet, seed
        self._pen = Pen(DEVICE, NAME, seed)

    async def play(
        self, line: dict[str, Any], strap: Callable[[Sequence[Woman]], list[Woman]] = list
    ) -> list[dict[str, Any]]:
        """Enter one session, with `strap` to say which strap each brings; all its entries."""
        bundle = await self._tablet.read_bundle(line["id"])
        sent, _ = await self._enter(line, bundle, strap(self._meet(bundle)))
        return sent

    async def correct(
        self, session: str, drafts: Sequence[Draft], before: Mapping[str, Written]
    ) -> list[dict[str, Any]]:
        """Enter more of a session that was played; what was sent. Raises ProgramError."""
        sent = self._pen.write(drafts, before)
        await self._tablet.post(session, sent)
        return sent

    async def hold(self, lines: Sequence[dict[str, Any]], say: Say) -> list[HeldSession]:
        """Enter them, read them back and send all of it again; each one's prescriptions follow
        from those before it. Raises ProgramError.
        """
        held = []
        for line in lines:
            say(f"session {line['ordinal']} of {len(lines)} …")
            held.append(await self._hold(line))
        return held

    async def _enter(
        self, line: dict[str, Any], bundle: dict[str, Any], women: Sequence[Woman]
    ) -> tuple[list[dict[str, Any]], dict[str, int]]:
        """What was sent, and what it added up to on the closing screen."""
        session, tablet = line["id"], self._tablet
        drafts = write_evening(bundle, line, women, self._seed)
        sent = self._pen.write(drafts)
        await tablet.post(session, sent)
        counts = (await tablet.read_state(session))["counts"]
        ends_ms = drafts[-1].at_ms + CLOSING_AFTER_MS
        sent += self._pen.write([Draft(ends_ms, "session_closed", "session", {"summary": counts})])
        await tablet.post(session, sent[-1:])
        return sent, counts

    async def _hold(self, line: dict[str, Any]) -> HeldSession:
        session, tablet = line["id"], self._tablet
        bundle = await tablet.read_bundle(session)
        sent, counts = await self._enter(line, bundle, self._meet(bundle))
        return HeldSession(
            ordinal=line["ordinal"],
            sent=sent,
            kept=await tablet.read_events(session),
            again=await tablet.post(session, sent),
            state="closed" if (await tablet.read_state(session))["closed"] else "open",
            counts=counts,
            decisions=_list_decisions(bundle),
        )

    def _meet(self, bundle: dict[str, Any]) -> list[Woman]:
        return [
            make_woman(one["code"], one["sign"], one["usual_strap"], self._seed)
            for one in bundle["people"]
        ]


def _list_decisions(bundle: dict[str, Any]) -> dict[tuple[str, str], dict[str, Any]]:
    return {
        (code, station): told
        for code, own in bundle["prescriptions"].items()
        for station, told in own.items()
    }
