"""What a sheet says beside what the ledger has: new, the same, or a contradiction. Pure.

A contradiction is two versions of one thing, as two tablets make it; nothing is replaced. An act
has no rival of its own, so the copy writes two: what it said, and what the sheet says.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import Any, Final

from protocol.ledger.event import LedgerEvent
from protocol.ledger.instants import format_utc_ms, parse_utc_ms
from protocol.ledger.kinds import KINDS, Sort
from server.sessions.domain.chains import Thing, find_things
from server.sessions.domain.placing import place_events
from server.web.copy_drafts import NEW_ABOUT, Draft
from server.web.copy_events import Told, name_line, pair_events
from server.web.copy_versions import list_placed, list_versions, says

_HERE: Final = frozenset({"present", "late", "away", "back", "left"})
_SAME_STOP_MS: Final = 5 * 60_000  # two hands rarely write the same minute


class Verdict(Enum):
    """How a draft stands to the ledger."""

    NEW = auto()
    SAME = auto()  # somebody entered it already: nothing to add
    DIFFERS = auto()
    UNSURE = auto()  # the same, or one more: a person decides, so it is added


@dataclass(frozen=True, slots=True)
class Compared:
    """A draft beside what is `there`. `rival` is the act that it contradicts, which says `kept`."""

    draft: Draft
    verdict: Verdict
    about: str
    there: Sequence[Mapping[str, Any]] = ()
    rival: LedgerEvent | None = None
    kept: Mapping[str, Any] | None = None


def compare_drafts(drafts: Sequence[Draft], events: Iterable[LedgerEvent]) -> list[Compared]:
    """Each beside everything that holds of its kind, disputed versions too."""
    things = [one for one in find_things(place_events(events)) if one.shown is not None]
    paired = pair_events(drafts, things)
    return [
        _compare_event(draft, paired[name_line(draft)]) if draft.kind == "adverse_event"
        else _compare(draft, [one for one in things if one.kind == draft.kind])
        for draft in drafts
    ]  # fmt: skip


def _compare(draft: Draft, things: Sequence[Thing]) -> Compared:
    if draft.kind == "wearing":
        return _compare_strap(draft, things)
    if KINDS[draft.kind].sort is Sort.FACT and draft.about != NEW_ABOUT:
        return _compare_fact(
            draft, [one for one in things if one.about == draft.about], draft.about
        )
    if draft.kind == "attendance":
        return _compare_coming(draft, [one for one in things if one.about == draft.about])
    same = [one for one in things if _is_same_act(draft, one)]
    told = [value for one in same for value in list_versions(one)]
    return Compared(draft, Verdict.SAME if same else Verdict.NEW, draft.about, told)


def _compare_event(draft: Draft, told: Told) -> Compared:
    """One too many is struck out by whoever knows; one that is left out, by nobody."""
    there = [value for one in told.things for value in list_versions(one)]
    verdict = Verdict.SAME if told.is_certain else Verdict.UNSURE
    return Compared(draft, verdict if there else Verdict.NEW, draft.about, there)


def _compare_fact(draft: Draft, things: Sequence[Thing], about: str) -> Compared:
    """Of versions that differ the first in time is shown: a rival stands after what was there."""
    there = [value for one in things for value in list_versions(one)]
    if not there:
        return Compared(draft, Verdict.NEW, about)
    if any(says(value, draft.said) for value in there):
        return Compared(draft, Verdict.SAME, about, there)
    last_ms = max(event.time_ms for one in things for event in list_placed(one))
    at_ms = max(parse_utc_ms(draft.at), last_ms + 1)
    rival = replace(draft, at=format_utc_ms(at_ms))
    return Compared(rival, Verdict.DIFFERS, about, there)


def _compare_strap(draft: Draft, things: Sequence[Thing]) -> Compared:
    """Another strap of hers is another version of the interval that is there."""
    whose = draft.value["participant"]
    hers = [one for one in things if one.shown and one.shown.value
            and one.shown.value["participant"] == whose]  # fmt: skip
    if not hers:
        return Compared(draft, Verdict.NEW, NEW_ABOUT)
    compared = _compare_fact(draft, hers, hers[0].about)
    return Compared(compared.draft, compared.verdict, hers[0].about, compared.there,
                    kept=list_versions(hers[0])[0])  # fmt: skip


def _compare_coming(draft: Draft, things: Sequence[Thing]) -> Compared:
    """Whether she came is said twice or otherwise; that she left is said beside it."""
    if draft.value["status"] == "left":
        left = [one for one in things if any(v["status"] == "left" for v in list_versions(one))]
        there = [value for one in left for value in list_versions(one)]
        return Compared(draft, Verdict.SAME if left else Verdict.NEW, draft.about, there)
    there = [value for one in things for value in list_versions(one)]
    came = draft.value["status"] in _HERE
    if not there:
        return Compared(draft, Verdict.NEW, draft.about)
    if any((value["status"] in _HERE) == came for value in there):
        return Compared(draft, Verdict.SAME, draft.about, there)
    first = things[0].shown
    rival = None if first is None else first.event
    kept = None if first is None else first.value
    return Compared(draft, Verdict.DIFFERS, draft.about, there, rival, kept)


def _is_same_act(draft: Draft, thing: Thing) -> bool:
    if thing.about != draft.about:
        return False
    if draft.kind in ("person_held", "person_resumed"):
        at_ms = parse_utc_ms(draft.at)
        return any(
            abs(parse_utc_ms(v["at"]) - at_ms) <= _SAME_STOP_MS for v in list_versions(thing)
        )
    return any(says(value, draft.said) for value in list_versions(thing))
