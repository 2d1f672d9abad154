"""Who was here, and when: the standing of one participant from moment to moment."""

from dataclasses import dataclass, field
from typing import Final

from protocol.identifiers import PARTICIPANT_AUTHOR
from protocol.ledger.instants import parse_utc_ms
from server.sessions.domain.holding import Holding, Holdings

_HERE: Final = frozenset({"present", "late", "back"})


@dataclass(frozen=True, slots=True)
class Change:
    """Something that can change a standing, at a time (ms since 1970)."""

    at_ms: int
    what: Holding


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
        kind, value = change.what.kind, change.what.value
        if kind == "attendance":
            self.attendance, self.attendance_why = value["status"], value["why"]
            self.since_ms = change.at_ms
        elif kind == "person_held":
            self.is_held = True
        elif kind == "person_resumed":
            self.is_held, self.stopped_by = False, None
        elif self.stopped_by is None:  # adverse_event
            self.stopped_by = change.what.event.id
        self.course.append((change.at_ms, self.word))


def fold_standing(holdings: Holdings, participant: str) -> Standing:
    """The standing of a participant after everything that is known."""
    decision = holdings.fact("readiness_decision", participant)
    standing = Standing(
        is_excused=decision is not None and decision.value["decision"] == "not_today"
    )
    for change in _list_changes(holdings, participant):
        standing.take(change)
    return standing


def _list_changes(holdings: Holdings, participant: str) -> list[Change]:
    held = [
        *holdings.of("attendance", participant),
        *holdings.of("person_held", participant),
        *holdings.of("person_resumed", participant),
        *(
            event
            for event in holdings.of_kind("adverse_event")
            if event.value["participant"] == participant
        ),
    ]
    changes = [Change(_find_time_ms(one), one) for one in held if not _is_told_late(one)]
    return sorted(changes, key=lambda change: (change.at_ms, change.what.place))


def _is_told_late(held: Holding) -> bool:
    """A break of her own gives no reason, but where the server's hand added that it came late."""
    is_own = held.event.actor.startswith(PARTICIPANT_AUTHOR)
    return is_own and bool(held.value.get("why"))


def _find_time_ms(held: Holding) -> int:
    """The time that it names, else when it was written down."""
    at = held.value.get("at")
    return held.root.time_ms if at is None else parse_utc_ms(at)
