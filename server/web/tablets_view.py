"""What the page of tablets shows, in words. Pure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup

from protocol.ledger.event import LedgerEvent
from server.tablets.last_entries import Decision, LastEntry
from server.tablets.registry import Tablet
from server.web.catalogue.spoken import t
from server.web.shown_moment import show_utc, show_wall_ns


@dataclass(frozen=True, slots=True)
class Invited:
    """A code that was just made, shown once."""

    name: str
    code: str
    drawn: Markup
    warning: str


@dataclass(frozen=True, slots=True)
class TabletRow:
    """One tablet. `waiting` says what a revoked one handed in; empty: nothing to decide."""

    number: int
    name: str
    what: str
    is_revoked: bool
    waiting: str
    late: str
    decided: list[str]


@dataclass(frozen=True, slots=True)
class TabletsPageContext:
    """The page: one code at most, the list, the rule, and a form for a new one."""

    template: ClassVar[str] = "tablets.html"

    language: str
    done: str
    trouble: str
    invited: Invited | None
    rows: list[TabletRow]
    is_required: bool
    may_rule: bool
    may_take: bool
    name: str
    longest_name: int


def view_tablet(
    one: Tablet, entries: Sequence[LastEntry], decisions: Sequence[Decision]
) -> TabletRow:
    """A row, with what it handed in and what was decided of that."""
    late = sum(not entry.is_before for entry in entries)
    return TabletRow(
        number=one.number,
        name=one.name,
        what=_tell(one),
        is_revoked=one.revoked_ns is not None,
        waiting=_tell_waiting(entries) if entries else "",
        late=_tell_late(late) if late and not decisions else "",
        decided=[_tell_decision(each) for each in decisions],
    )


def _tell(one: Tablet) -> str:
    parts = [
        t(
            "Enrolled {since}, code by {name}.",
            since=show_wall_ns(one.enrolled_ns),
            name=one.enrolled_by,
        ),
        t("Last seen {when}. Device {device}.", when=show_wall_ns(one.seen_ns), device=one.device),
    ]
    if one.revoked_ns is not None:
        parts.append(_tell_revoked(one, show_wall_ns(one.revoked_ns)))
        parts.append(_tell_left(one.left_ns))
    return " ".join(parts)


def _tell_revoked(one: Tablet, when: str) -> str:
    name, reason = one.revoked_by, one.reason
    return t("Revoked {when} by {name}: {reason}.", when=when, name=name, reason=reason)


def _tell_left(left_ns: int | None) -> str:
    if left_ns is None:
        return t("It hasn't come back yet: what is on it is erased when it does.")
    return t("It has erased itself ({when}).", when=show_wall_ns(left_ns))


def _tell_late(n: int) -> str:
    return t("Of them made after it was revoked, or no entries: {n}.", n=n)


def _tell_waiting(entries: Sequence[LastEntry]) -> str:
    events = [one.event for one in entries if isinstance(one.event, LedgerEvent)]
    of = Counter(event.actor for event in events)
    who = ", ".join(f"{name} {n}" for name, n in sorted(of.items())) or "–"
    times = [show_utc(one) for one in sorted(event.occurred_at for event in events)] or ["–"]
    first, last = times[0], times[-1]
    return t("Entries it handed in: {n} ({who}), from {first} to {last}.",
             n=len(entries), who=who, first=first, last=last)  # fmt: skip


def _tell_decision(one: Decision) -> str:
    when, name, reason = show_wall_ns(one.decided_ns), one.decided_by, one.reason
    if one.what == "none":
        return t("Left aside {when} by {name}: {reason}.", when=when, name=name, reason=reason)
    return t("In the record since {when} by {name}: {n}. Reason: {reason}.",
             n=one.n_stored, when=when, name=name, reason=reason)  # fmt: skip
