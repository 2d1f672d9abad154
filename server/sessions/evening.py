"""What the ledger and the plan know for one evening: tonight's session and what each is to do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import msgspec
from sqlalchemy import Connection

from protocol.training.anchors import NO_PACK, name_anchor_pack
from protocol.training.effort import BORG_NUMBERS, CR10_NUMBERS
from protocol.training.expand import expand_session
from protocol.training.plan import TrainingPlan, compute_digest
from protocol.training.rotation import plan_rotation
from protocol.training.shipped import SHIPPED, read_shipped_plan
from server.errors import NotFoundError
from server.sessions.domain.asking import list_wishes
from server.sessions.domain.calendar import choose_tonight
from server.sessions.domain.prescribing import PastSession, prescribe
from server.sessions.domain.room import CLIMATE, find_last_room
from server.sessions.domain.signing_off import SIGN_OFF, is_signed_off
from server.sessions.held_sessions import HeldSession, HeldSessions, fold_held
from server.sessions.ledger import read_events, read_events_of_kinds, read_newest_number
from server.sessions.service import list_all_sessions
from server.sessions.study_plans import read_plan_of

if TYPE_CHECKING:
    from protocol.ledger.event import LedgerEvent

TONIGHT_WITHIN_H: Final = 12.0  # of now: an evening's bundle is fetched the same day

# The plan's name of a scale, the ledger's, and its ends.
_SCALES: Final = {
    "borg_6_20": ("borg_6_20", (BORG_NUMBERS[0], BORG_NUMBERS[-1])),
    "borg_cr10": ("cr10", (CR10_NUMBERS[0], CR10_NUMBERS[-1])),
}
_NO_PLAN: Final[Mapping[str, Any]] = {
    "planned": None,
    "plan_changed": False,
    "prescriptions": {},
    "rotation": None,
    "effort": {"scale": "borg_6_20", "words": {}, "anchor_pack": NO_PACK},
}

Line = dict[str, Any]  # a session as domain.listing tells it


@dataclass(frozen=True, slots=True)
class Evening:
    """`people` are the codes of those who come; the rest is JSON by the bundle's keys."""

    people: tuple[str, ...]
    history: dict[str, dict[str, Any]]  # by code: resting_hr_history, plyometrics_ready
    content: dict[str, Any]


def read_evening(
    connection: Connection, now: str, wanted: str | None = None, held: HeldSessions | None = None
) -> Evening:
    """Everything for a `wanted` session, else tonight's, else the next one. `now` is a UTC text.

    Raises NotFoundError for a wanted one that isn't planned.
    """
    lines = list_all_sessions(connection)
    tonight = choose_tonight(lines, now, TONIGHT_WITHIN_H)
    line = find_next(lines, tonight, now) if wanted is None else find_wanted(lines, wanted)
    plan = None if line is None else _find_plan(connection, line)
    before = now if line is None else line["planned_start"]
    frame = {
        "sessions": lines,
        "tonight": tonight,
        "last_room": _read_last_room(connection, lines, before),
        "signoffs_n": read_newest_number(connection, SIGN_OFF),
    }
    if line is None or plan is None:
        return Evening((), {}, {**frame, **_NO_PLAN})
    planned = expand_session(plan, find_number(plan, lines, line))
    others = _read_others(connection, lines, line["id"], now, held or HeldSessions())
    past = list_past(others, planned.session)
    people = tuple(line["participants"])
    ready = list_ready(others, people)
    prescriptions = {
        code: prescribe(plan, planned, past, code, signed_off=code in ready) for code in people
    }
    wishes = {code: list_wishes(planned, past, code, prescriptions[code]) for code in people}
    content = {
        **frame,
        "planned": msgspec.to_builtins(planned),
        "plan_changed": line["plan_sha256"] != compute_digest(plan),
        "prescriptions": prescriptions,
        "rotation": msgspec.to_builtins(plan_rotation(planned, wishes)),
        "effort": _view_effort(plan),
    }
    return Evening(people, {code: _describe(past, ready, code) for code in people}, content)


def _find_plan(connection: Connection, line: Line) -> TrainingPlan | None:
    if line["plan"] is None:
        return None
    plan = read_plan_of(connection, line["plan"], line["plan_sha256"])
    if plan is None and line["plan"] in SHIPPED:
        return read_shipped_plan(line["plan"])  # the tablet says that it is another
    return plan


def find_next(lines: Sequence[Line], tonight: str | None, now: str) -> Line | None:
    """Tonight's session; else the next one that is planned; else the last one that was."""
    planned = [line for line in lines if line["planned_start"] is not None]
    found = [line for line in planned if line["id"] == tonight]
    ahead = [line for line in planned if line["planned_start"] >= now]
    return next(iter([*found, *ahead, *reversed(planned)]), None)


def find_wanted(lines: Sequence[Line], wanted: str) -> Line:
    """A planned session by its id, such as one of a week ago that was written on paper.

    Raises NotFoundError.
    """
    for line in lines:
        if line["id"] == wanted and line["planned_start"] is not None:
            return line
    raise NotFoundError(f"no session is planned under the id {wanted[:64]!r}")


def find_number(plan: TrainingPlan, lines: Sequence[Line], line: Line) -> int:
    """A session's number in the plan; of a make-up, the session of its week that wasn't held."""
    if line["ordinal"] is not None:
        return min(int(line["ordinal"]), plan.n_sessions)
    a_week = plan.course.sessions_per_week
    first = (min(int(line["week"]), plan.course.weeks) - 1) * a_week + 1
    held = list_held_before(lines, line)
    missed = [number for number in range(first, first + a_week) if number not in held]
    return missed[0] if missed else first + a_week - 1


def list_held_before(lines: Sequence[Line], line: Line) -> list[int]:
    """Numbers of the sessions that were held and began earlier: later ones change nothing."""
    start = line["planned_start"]
    return sorted(
        int(one["ordinal"])
        for one in lines
        if one["ordinal"] is not None
        and one["state"] != "planned"
        and (start is None or one["planned_start"] < start)
    )


def _read_others(
    connection: Connection, lines: Sequence[Line], session: str, now: str, folds: HeldSessions
) -> list[tuple[Line, HeldSession]]:
    """Every other session that was held, make-ups too."""
    held = [one for one in lines if one["id"] != session and one["state"] != "planned"]
    return [(one, folds.fold(one, partial(_fold, connection, one["id"], now))) for one in held]


def list_past(others: Sequence[tuple[Line, HeldSession]], before: int) -> list[PastSession]:
    """Sessions of the plan that were held before a number; make-ups have no place in it."""
    past = [
        (one["ordinal"], one["id"], held)
        for one, held in others
        if one["ordinal"] is not None and one["ordinal"] < before
    ]
    past.sort(key=lambda one: one[:2])
    return [PastSession(number, held.state) for number, _, held in past]


def list_ready(others: Sequence[tuple[Line, HeldSession]], people: Sequence[str]) -> frozenset[str]:
    """Who may jump by what was said last in any other session: a make-up's no counts as well."""
    signoffs = [one for _, held in others for one in held.signoffs]
    return frozenset(code for code in people if is_signed_off(signoffs, code))


def _read_last_room(
    connection: Connection, lines: Sequence[Line], before: str
) -> dict[str, Any] | None:
    climate: dict[str, list[LedgerEvent]] = {}
    for one in read_events_of_kinds(connection, (CLIMATE,)):
        climate.setdefault(one.session, []).append(one.event)
    return find_last_room(lines, climate, before)


def _fold(connection: Connection, session: str, now: str) -> HeldSession:
    return fold_held([one.event for one in read_events(connection, session)], now)


def _describe(past: Sequence[PastSession], ready: frozenset[str], code: str) -> dict[str, Any]:
    """What earlier evenings say of her heart at rest, and whether she may jump."""
    people = [person for one in past if (person := one.state["people"].get(code)) is not None]
    resting = [person["resting_hr"] for person in people if person["resting_hr"] is not None]
    return {
        "resting_hr_history": [one["bpm"] for one in resting if one["bpm"] is not None],
        "plyometrics_ready": code in ready,
    }


def _view_effort(plan: TrainingPlan) -> dict[str, Any]:
    """The scale with the study's own end words; licensed wording comes as an anchor pack."""
    scale, numbers = _SCALES.get(plan.effort_scale.scale, _SCALES["borg_6_20"])
    ends = (plan.effort_scale.lowest_word, plan.effort_scale.highest_word)
    words = {f"{number:g}": word for number, word in zip(numbers, ends, strict=True)}
    return {"scale": scale, "words": words, "anchor_pack": name_anchor_pack(None)}
