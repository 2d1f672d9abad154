"""A folded session with what dose needs beside the fold: work on the clock, comings and goings."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from protocol.ledger.event import LedgerEvent
from protocol.ledger.instants import parse_utc_ms
from server.sessions.domain.fold import State, fold_session
from server.sessions.domain.holding import Holdings, hold_events
from server.sessions.domain.rotation import SetSlot, list_choices, list_set_slots
from server.sessions.domain.running import ClockRun, run_clock
from server.sessions.domain.standing import fold_standing


@dataclass(frozen=True, slots=True)
class Coming:
    """From `at_ms` (UTC) on she stood so: a word of the fold's standing."""

    at_ms: int
    word: str


@dataclass(frozen=True, slots=True)
class WrittenEvening:
    """`state` is the fold; the rest is by participant.

    `run` is the circuit's clock, None where nobody started it; `slots` are the sets that it has for
    her, in the order of the circuit. `first_status` is how she first came, or that she didn't, None
    where nobody said; `began_ms` is when the warm-up began, None likewise.
    """

    state: State
    run: ClockRun | None
    slots: Mapping[str, tuple[SetSlot, ...]]
    comings: Mapping[str, tuple[Coming, ...]]
    first_status: Mapping[str, str | None]
    began_ms: int | None

    @property
    def is_closed(self) -> bool:
        return bool(self.state["closed"])

    def list_work_s(self, participant: str) -> dict[str, float]:
        """Seconds of work of each set that the circuit has for her, by the set's name."""
        return {
            one.name: (one.segment.end_ms - one.segment.begin_ms) / 1000
            for one in self.slots.get(participant, ())
        }

    def person(self, participant: str) -> Mapping[str, Any] | None:
        """Her part of the fold; None when nothing speaks of her."""
        found: Mapping[str, Any] | None = self.state["people"].get(participant)
        return found


def fold_evening(events: Iterable[LedgerEvent], at: str) -> WrittenEvening:
    """Everything dose takes from a session's entries, at a UTC text; order doesn't matter."""
    entries = list(events)
    holdings = hold_events(entries)
    state = fold_session(entries, at)
    closed_ms = None if state["closed_at"] is None else parse_utc_ms(state["closed_at"])
    now_ms = parse_utc_ms(at) if closed_ms is None else min(parse_utc_ms(at), closed_ms)
    run = run_clock(holdings, now_ms)
    people = list(state["people"])
    return WrittenEvening(
        state=state,
        run=run,
        slots={code: _list_slots(holdings, run, code) for code in people},
        comings={code: _list_comings(holdings, code) for code in people},
        first_status={code: _find_first_status(holdings, code) for code in people},
        began_ms=_find_warmup_ms(holdings),
    )


def _list_slots(holdings: Holdings, run: ClockRun | None, code: str) -> tuple[SetSlot, ...]:
    return () if run is None else tuple(list_set_slots(run, list_choices(holdings, run, code)))


def _list_comings(holdings: Holdings, participant: str) -> tuple[Coming, ...]:
    return tuple(Coming(*one) for one in fold_standing(holdings, participant).course)


def _find_first_status(holdings: Holdings, participant: str) -> str | None:
    acts = sorted(holdings.of("attendance", participant), key=lambda one: one.place)
    return str(acts[0].value["status"]) if acts else None


def _find_warmup_ms(holdings: Holdings) -> int | None:
    acts = holdings.of_kind("phase_entered")
    times_ms = [act.root.time_ms for act in acts if act.value["phase"] == "warmup"]
    return min(times_ms, default=None)
