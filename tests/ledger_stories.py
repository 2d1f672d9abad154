"""Whole evenings by chance: tablets that write, correct and void without asking each other."""

from typing import Any

import msgspec
from hypothesis import strategies as st

from protocol.ledger.event import MAX_OFFSET_MS, LedgerEvent
from protocol.ledger.kinds import KINDS
from tests.ledger_entries import (
    Tablet,
    adverse,
    attending,
    effort,
    held,
    logged,
    minute,
    planned,
    prescription,
    prescription_of_a_jump,
    prescription_with_lighter,
    signed_off,
    started,
    substitution,
    target,
    wearing,
)

PEOPLE = ("P01", "P02", "P03")
STATIONS = ["sit-to-stand", "tandem-stance"]
DEVICES = ("aaaaaaaaaaaaaaaa", "bbbbbbbbbbbbbbbb", "cccccccccccccccc")
STRAP_IDS = ("01999999-0000-7000-8000-0000000000a1", "01999999-0000-7000-8000-0000000000a2")
EVENT_IDS = ("01999999-0000-7000-8000-0000000000f1",)

EDGES = (
    "1970-01-01T00:00:00.000Z",
    "1970-01-01T00:00:01.000Z",
    minute(20),
    "2199-12-31T23:59:59.999Z",
)

ASSISTANT = {"duty": "assistant", "qualification": None, "missing_reason": "not_recorded"}

Entry = tuple[str, str, dict[str, Any]]  # kind, about, value

_times = st.sampled_from([minute(n / 2) for n in range(80)])
_people = st.sampled_from(PEOPLE)


def entries() -> st.SearchStrategy[Entry]:
    """One thing that somebody might write down."""
    return st.one_of(
        st.just(("session_planned", "session", planned(*PEOPLE))),
        st.tuples(
            st.just("attendance"),
            _people,
            st.sampled_from(["present", "late", "away", "back", "left", "absent"]).map(attending),
        ),
        st.tuples(st.just("person_held"), _people, _times.map(held)),
        st.tuples(st.just("person_resumed"), _people, _times.map(held)),
        st.tuples(st.just("prescription"), _people, st.just(prescription(sit_to_stand=10))),
        st.tuples(
            st.just("prescription"),
            _people,
            st.just(prescription_with_lighter("tandem-stance", 20, lighter=15)),
        ),
        st.builds(
            lambda at, who, level: ("level_changed", who, {"at": at, "level": level}),
            _times,
            _people,
            st.sampled_from(["as_planned", "lighter"]),
        ),
        st.builds(
            lambda at, who, station, instead: (
                "substitution",
                f"{who}/{station}",
                substitution(at, instead, lighter=5, locked=instead == "hop-marks"),
            ),
            _times,
            _people,
            st.sampled_from(STATIONS),
            st.sampled_from([None, "wall-squat", "hop-marks", *STATIONS]),
        ),
        _readiness_for_jumps(),
        st.builds(
            lambda at, who: ("clock_started", "clock", started(at, STATIONS, who, rounds=2)),
            _times,
            st.dictionaries(_people, st.integers(0, 1)),
        ),
        _clock_acts(),
        _sets(),
        st.builds(
            lambda who, round_, rating: ("rpe", f"{who}/{round_}", effort(rating)),
            _people,
            st.integers(1, 2),
            st.none() | st.integers(6, 20),
        ),
        st.builds(
            lambda which, who, strap: ("wearing", which, wearing(who, strap, minute(3))),
            st.sampled_from(STRAP_IDS),
            _people,
            st.sampled_from(["8AA87D20", "8AA87D21"]),
        ),
        st.builds(
            lambda which, who: ("adverse_event", which, adverse(who)),
            st.sampled_from(EVENT_IDS),
            _people,
        ),
        st.just(("session_closed", "session", {"summary": {}})),
        st.just(("server_met", "session", {"entries": 3})),
        st.just(("staff_present", "mina", ASSISTANT)),
        st.builds(
            lambda status: ("staff_attendance", "mina", {"status": status}),
            st.sampled_from(["left", "back"]),
        ),
        st.just(("session_reopened", "session", {"why": "too early"})),
        st.builds(lambda who: ("note", who, {"text": "well"}), _people),
    )


def contested() -> st.SearchStrategy[Entry]:
    """The same two sets, again and again: three people who don't ask each other (promise E3)."""
    return st.builds(
        lambda n, done: ("set", f"P01/sit-to-stand/{n}", logged("sit-to-stand", done, round_=n)),
        st.integers(1, 2),
        st.integers(7, 8),
    )


def _readiness_for_jumps() -> st.SearchStrategy[Entry]:
    jump = prescription_of_a_jump("tandem-stance", 5, target("wall-squat", 8, lighter=6))
    return st.one_of(
        st.tuples(st.just("prescription"), _people, st.just(jump)),
        st.builds(
            lambda at, who, ready: (
                "plyometric_signoff",
                who,
                signed_off(ready=ready, locked_from=at),
            ),
            _times,
            _people,
            st.booleans(),
        ),
    )


def _clock_acts() -> st.SearchStrategy[Entry]:
    return st.one_of(
        st.builds(lambda at: ("clock_held", "clock", held(at)), _times),
        st.builds(lambda at: ("clock_resumed", "clock", {"at": at}), _times),
        st.builds(
            lambda at, n: ("clock_extended", "clock", {"at": at, "segment": n, "seconds": 15}),
            _times,
            st.integers(0, 9),
        ),
        st.builds(lambda at, n: ("clock_cut", "clock", {"at": at, "rounds": n}),
                  _times, st.integers(0, 2)),
        st.builds(
            lambda at, who, n: ("station_assigned", who, {"at": at, "start_station": n}),
            _times,
            _people,
            st.integers(0, 1),
        ),
    )  # fmt: skip


def _sets() -> st.SearchStrategy[Entry]:
    return st.builds(
        lambda who, exercise, n, done: (
            "set", f"{who}/{exercise}/{n}", logged(exercise, done, round_=n),
        ),
        _people,
        st.sampled_from(STATIONS),
        st.integers(1, 2),
        st.integers(7, 9),
    )  # fmt: skip


@st.composite
def evenings(
    draw: st.DrawFn, max_size: int = 14, written: st.SearchStrategy[Entry] | None = None
) -> list[LedgerEvent]:
    """Events of three tablets, each with its own clock; corrections of anything written so far."""
    new = entries() if written is None else written
    tablets = [
        Tablet(device, "sara", offset_ms=draw(st.sampled_from([0, None, 86_400_000, -90_000])))
        for device in DEVICES
    ]
    events: list[LedgerEvent] = []
    for _ in range(draw(st.integers(0, max_size))):
        tablet = draw(st.sampled_from(tablets))
        if draw(st.integers(0, 9)) == 0:
            tablet.offset_ms = draw(st.sampled_from([0, 500, None]))
        at = draw(_times)
        if events and draw(st.integers(0, 2)) == 0:
            events.append(_correct(draw, tablet, draw(st.sampled_from(events)), at))
        else:
            events.append(tablet.write(*draw(new), at))
    return events


@st.composite
def lost_clocks(draw: st.DrawFn) -> list[LedgerEvent]:
    """Evenings whose times and offsets are at the edges of what a text can say."""
    edges = st.sampled_from(EDGES)
    offsets = st.sampled_from([None, None, 0, MAX_OFFSET_MS, -MAX_OFFSET_MS])
    events: list[LedgerEvent] = []
    for event in draw(evenings(max_size=8)):
        value = None if event.value is None else dict(event.value)
        if value is not None:
            value |= {name: draw(edges) for name in KINDS[event.kind].times}
        changes = {"occurred_at": draw(edges), "clock_offset_ms": draw(offsets), "value": value}
        events.append(msgspec.structs.replace(event, **changes))
    return events


def _correct(draw: st.DrawFn, tablet: Tablet, wrong: LedgerEvent, at: str) -> LedgerEvent:
    """A void, the same value again, or a set with other repetitions."""
    value = draw(st.sampled_from([None, wrong.value]))
    if wrong.kind == "set" and draw(st.booleans()):
        value = logged(wrong.about.split("/")[1], draw(st.integers(7, 9)))
    if value is None and wrong.value is None:
        return tablet.write(wrong.kind, wrong.about, None, at, supersedes=wrong)
    return tablet.correct(wrong, value, at)
