"""Which line of a sheet is which adverse event of the ledger: one for one, or nobody's. Pure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from protocol.ledger.instants import parse_utc_ms
from server.sessions.domain.chains import Thing
from server.web.copy_drafts import Draft
from server.web.copy_versions import list_versions, says

_MINUTE_MS: Final = 60_000  # a sheet has no seconds
_SAME_EVENT_MS: Final = 10 * _MINUTE_MS  # two hands rarely write the same minute

Line = tuple[str, str, str]
Fits = Callable[[Draft, Thing], bool]


@dataclass(frozen=True, slots=True)
class Told:
    """The event that a line is; not `is_certain`: those that it may be, and isn't taken for."""

    things: Sequence[Thing] = ()
    is_certain: bool = True


def name_line(draft: Draft) -> Line:
    """A line that was typed twice is one line."""
    return draft.value["participant"], draft.value["what"], draft.at


def pair_events(drafts: Iterable[Draft], things: Iterable[Thing]) -> Mapping[Line, Told]:
    """What every line is told by. An event stands for one line at most.

    Where more lines than events lie close, nobody can say which line isn't there: none is.
    """
    lines = {name_line(one): one for one in drafts if one.kind == "adverse_event"}
    events = [one for one in things if one.kind == "adverse_event"]
    paired: dict[Line, Told] = {}
    for _, alike in groupby(sorted(lines), lambda line: line[:2]):
        paired |= _pair([lines[name] for name in alike], events)
    return paired


def _pair(lines: Sequence[Draft], events: Sequence[Thing]) -> dict[Line, Told]:
    """Lines of one participant and one kind, in their order: the same minute goes first."""
    exact = _match(lines, events, _is_same_minute)
    used = [id(one) for one in exact.values()]
    free = [one for one in events if id(one) not in used]
    rest = [one for one in lines if name_line(one) not in exact]
    near = _match(rest, free, _is_near)
    reach = {name_line(one): [event for event in free if _is_near(one, event)] for one in rest}
    is_certain = all(name in near for name, some in reach.items() if some)
    found = {**exact, **(near if is_certain else {})}
    return {
        name_line(one): Told([found[name_line(one)]]) if name_line(one) in found
        else Told(reach[name_line(one)], is_certain)
        for one in lines
    }  # fmt: skip


def _match(lines: Iterable[Draft], events: Iterable[Thing], fits: Fits) -> dict[Line, Thing]:
    """Each line in its order takes the first event that is left: all reach equally far, so no
    other way of pairing gives more lines an event."""
    left = sorted(events, key=lambda one: one.root.time_ms)
    found = {}
    for line in lines:
        taken = next((one for one in left if fits(line, one)), None)
        if taken is not None:
            left.remove(taken)
            found[name_line(line)] = taken
    return found


def _is_same_minute(draft: Draft, thing: Thing) -> bool:
    minute = parse_utc_ms(draft.at) // _MINUTE_MS
    return thing.root.time_ms // _MINUTE_MS == minute and _is_alike(draft, thing)


def _is_near(draft: Draft, thing: Thing) -> bool:
    near = abs(thing.root.time_ms - parse_utc_ms(draft.at)) <= _SAME_EVENT_MS
    return near and _is_alike(draft, thing)


def _is_alike(draft: Draft, thing: Thing) -> bool:
    who: dict[str, Any] = {"participant": draft.value["participant"]}
    return any(says(value, {**who, **draft.said}) for value in list_versions(thing))
