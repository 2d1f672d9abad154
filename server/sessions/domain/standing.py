"""Who was here, and when: the standing of one participant from moment to moment."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from protocol.ledger.instants import parse_utc_ms
from server.sessions.domain.chains import Thing, index_facts, select_shown
from server.sessions.domain.placing import OrderKey

_HERE: Final = frozenset({"present", "late", "back"})


@dataclass(frozen=True, slots=True)
class Change:
    """Something that can change a standing, at a time (ms since 1970)."""

    at_ms: int
    place: OrderKey
    kind: str
    value: dict[str, Any]
    event_id: str


@dataclass(slots=True)
class Standing:
    """What is known of one participant's presence, change by change."""

    is_excused: bool = False  # her readiness decision was: not today
    initial_word: str = "expected"  # before anything was known
    attendance: str | None = None
    attendance_why: str | None = None
    since_ms: int | None = None
    stopped_by: str | None = None
    is_held: bool = False
    course: list[tuple[int, str]] = field(default_factory=list)  # from when (ms), standing

    @property
    def word(self) -> str:
        """The first that applies."""
        if self.attendance not in _HERE:
            return self.attendance or "expected"
        if self.is_excused:
            return "not_today"
        if self.stopped_by is not None:
            return "stopped"
        return "held" if self.is_held else "present"

    @property
    def is_here(self) -> bool:
        return self.attendance in _HERE

    def take(self, change: Change) -> None:
        """Go on by one change."""
        if change.kind == "attendance":
            self.attendance = change.value["status"]
            self.attendance_why = change.value["why"]
            self.since_ms = change.at_ms
        elif change.kind == "person_held":
            self.is_held = True
        elif change.kind == "person_resumed":
            self.is_held, self.stopped_by = False, None
        elif self.stopped_by is None:  # adverse_event
            self.stopped_by = change.event_id
        self.course.append((change.at_ms, self.word))


def fold_standing(things: Sequence[Thing], participant: str) -> Standing:
    """The standing of a participant after everything that is known."""
    decision = index_facts(things, "readiness_decision").get(participant)
    value = decision.shown.value if decision and decision.shown else None
    standing = Standing(is_excused=value is not None and value["decision"] == "not_today")
    for change in _list_changes(things, participant):
        standing.take(change)
    return standing


def _list_changes(things: Sequence[Thing], participant: str) -> list[Change]:
    changes = []
    for kind in ("attendance", "person_held", "person_resumed", "adverse_event"):
        for thing in select_shown(things, kind):
            shown = thing.shown
            if shown is None or shown.value is None:
                continue
            whom = shown.value["participant"] if kind == "adverse_event" else thing.about
            if whom == participant:
                at = shown.value.get("at")
                at_ms = thing.root.time_ms if at is None else parse_utc_ms(at)
                changes.append(Change(at_ms, thing.place, kind, shown.value, shown.event.id))
    return sorted(changes, key=lambda change: (change.at_ms, change.place))
