"""From evening to evening: what the ledger holds of a woman decides what she is given next."""

from typing import Any

import pytest

from firmware_sim.evening.arrivals import describe_prescription
from protocol.training.expand import expand_session
from protocol.training.plan import TrainingPlan
from protocol.training.progression_words import write_why
from protocol.training.shipped import read_shipped_plan
from protocol.training.standing import find_family
from server.sessions.domain.fold import fold_session
from server.sessions.domain.prescribing import PastSession, prescribe
from tests.ledger_entries import Tablet, effort, logged, minute, performed, signed_off

AS_PRINTED = read_shipped_plan("as_printed")
TAILORED = read_shipped_plan("tailored")


def _stations(plan: TrainingPlan, session: int) -> list[str]:
    return [station.exercise for station in expand_session(plan, session).stations]


def _prescribe(
    plan: TrainingPlan, session: int, past: list[PastSession], *, signed_off: bool = False
) -> dict[str, dict[str, Any]]:
    planned = expand_session(plan, session)
    return prescribe(plan, planned, past, "P01", signed_off=signed_off)


def _given(plan: TrainingPlan, session: int, past: list[PastSession]) -> dict[str, Any]:
    """The prescription event's value, as a tablet writes it down."""
    return describe_prescription(_prescribe(plan, session, past))


def _evening(
    plan: TrainingPlan, session: int, past: list[PastSession], *, seen: bool = True
) -> PastSession:
    """All as prescribed; seen: observed, good form, and an effort of 9 at every station."""
    tablet = Tablet()
    value = _given(plan, session, past)
    events = [tablet.write("prescription", "P01", value, minute(1))]
    for n, (station, told) in enumerate(value["exercises"].items(), 1):
        if not seen:
            continue
        for number in (1, 2, 3):
            done = logged(
                told["exercise"],
                substituted_for=None if told["exercise"] == station else station,
                performed=performed(told["amount"], band=told["band"]) | {"unit": told["unit"]},
                technique="good",
            )
            events.append(tablet.write("set", f"P01/{station}/{number}", done, minute(20)))
        events.append(
            tablet.write("rpe", f"P01/{n}", effort(9, exercise=told["exercise"]), minute(21))
        )
    return PastSession(session, fold_session(events, minute(60)))


def test_the_first_session_is_where_the_plan_starts_everybody() -> None:
    told = _prescribe(AS_PRINTED, 1, [])
    assert list(told) == _stations(AS_PRINTED, 1)
    planned = {s.exercise: s for s in expand_session(AS_PRINTED, 1).stations}
    for name, one in told.items():
        assert (one["exercise"], one["amount"]) == (name, planned[name].amount)
        assert one["unit"] in {"repetitions", "seconds", "metres", "laps"}
        assert write_why(one["rule"], one["values"])


def test_each_target_has_what_it_is_on_a_lighter_day() -> None:
    """The weakest band stays where it is; then it is one amount less (ux T5: one level)."""
    told = _prescribe(TAILORED, 1, [])
    banded = next(one for one in told.values() if one["band"] == "red")
    assert (banded["amount"], banded["lighter"]) == (15, {"amount": 12, "band": "red"})
    bottom = next(one for name, one in told.items() if TAILORED.exercise(name).category == "core")
    assert bottom["lighter"] is None


def test_who_stays_on_any_axis_has_what_she_did_before() -> None:
    """Also where the step is to another exercise: its amount and its support come with it."""
    past = _climb(11, seen=True)
    axes = set()
    for session in range(2, 13):
        for one in _prescribe(TAILORED, session, past[: session - 1]).values():
            if one["decision"] == "hold":
                assert one["stay"] is None
                continue
            axes.add(one["axis"])
            named = {"type": "exercise", "band": "band"}.get(one["axis"], "amount")
            assert one["stay"][named] == one["from"]
            assert one[named] == one["to"]
            stays = TAILORED.exercise(one["stay"]["exercise"])
            assert (one["stay"]["name"], one["stay"]["support"]) == (stays.name, stays.support)
    assert "type" in axes


def test_the_printed_plan_is_the_same_for_all_whatever_was_done() -> None:
    past = [_evening(AS_PRINTED, session, []) for session in range(1, 7)]
    with_past, without = _prescribe(AS_PRINTED, 7, past), _prescribe(AS_PRINTED, 7, [])
    kept = ("exercise", "amount", "band")
    assert [[one[key] for key in kept] for one in with_past.values()] == [
        [one[key] for key in kept] for one in without.values()
    ]


def _climb(n_sessions: int, *, seen: bool) -> list[PastSession]:
    past: list[PastSession] = []
    for session in range(1, n_sessions + 1):
        past.append(_evening(TAILORED, session, past, seen=seen))
    return past


def _total(past: list[PastSession], session: int) -> dict[str, tuple[int, str | None]]:
    told = past[session - 1].state["people"]["P01"]["prescription"]["exercises"]
    return {one["exercise"]: (one["amount"], one["band"]) for one in told.values()}


def test_a_woman_who_is_watched_and_finds_it_easy_climbs() -> None:
    rules = {
        one["decision"]
        for session in range(2, 10)
        for one in _prescribe(TAILORED, session, _climb(session - 1, seen=True)).values()
    }
    assert "step_up" in rules


def test_a_woman_whom_nobody_watches_never_climbs() -> None:
    past = _climb(11, seen=False)
    decisions = {one["decision"] for one in _prescribe(TAILORED, 12, past).values()}
    assert decisions <= {"hold"}
    first: dict[str, tuple[int, str | None]] = {}
    for session in range(1, 12):
        for exercise, standing in _total(past, session).items():
            assert first.setdefault(exercise, standing) == standing


def test_later_sessions_and_those_outside_the_plan_are_no_evidence() -> None:
    past = _climb(4, seen=True)
    later = [*past, _evening(TAILORED, 9, past)]
    assert _prescribe(TAILORED, 5, later) == _prescribe(TAILORED, 5, past)


def _session_with(plan: TrainingPlan, category: str) -> tuple[int, str]:
    for session in range(1, plan.n_sessions + 1):
        for station in expand_session(plan, session).stations:
            if station.category == category:
                return session, station.exercise
    raise AssertionError(category)


@pytest.mark.parametrize("plan", [AS_PRINTED, TAILORED], ids=lambda plan: plan.id)
def test_plyometrics_are_locked_until_somebody_signs_for_her(plan: TrainingPlan) -> None:
    session, jump = _session_with(plan, "plyometric")
    locked = _prescribe(plan, session, [])[jump]
    assert locked["exercise"] == plan.exercise(jump).instead
    stood_in = _evening(plan, session - 1, [])
    opened = _prescribe(plan, session, [stood_in], signed_off=True)[jump]
    family = [jump] if plan is AS_PRINTED else [one.id for one in find_family(plan, jump)]
    assert opened["exercise"] in family


def test_a_jump_that_she_did_once_is_not_given_again_without_a_sign_off() -> None:
    """The harder ones of a family may be locked even where its easier ones are hers."""
    jump = "dynamic-lunge-return"
    station = find_family(TAILORED, jump)[0].id
    session = next(n for n in range(2, 25) if station in _stations(TAILORED, n))
    value = _given(TAILORED, session, [])
    value["exercises"][station] |= {"exercise": jump, "amount": 8}
    given = Tablet().write("prescription", "P01", value)
    past = [PastSession(session - 1, fold_session([given], minute(60)))]
    told = _prescribe(TAILORED, session, past)[station]["exercise"]
    assert TAILORED.exercise(told).category != "plyometric"


def test_after_an_evening_with_a_no_she_stands_where_its_stand_in_was() -> None:
    """And at her jump again, once a yes follows: a no by mistake costs that evening alone."""
    session, jump = _session_with(TAILORED, "plyometric")
    tablet = Tablet()
    value = _given(TAILORED, session, [])
    instead, least = (value["exercises"][jump][key] for key in ("exercise", "amount"))
    hers = value["exercises"][jump] | {"exercise": jump, "amount": 5}
    stand_in = {k: v for k, v in hers.items() if k not in ("rule", "while_locked")}
    stand_in |= {"exercise": instead, "amount": least + 1}
    value["exercises"] = {jump: hers | {"while_locked": stand_in}}
    given = tablet.write("prescription", "P01", value, minute(1))
    no = tablet.write("plyometric_signoff", "P01", signed_off(ready=False, locked_from=minute(2)))

    def told(*events: Any, ready: bool) -> tuple[str, int]:
        past = [PastSession(session - 1, fold_session(events, minute(60)))]
        one = _prescribe(TAILORED, session, past, signed_off=ready)[jump]
        return one["exercise"], one["amount"]

    yes = tablet.correct(no, signed_off(ready=True, locked_from=minute(2)), minute(50))
    assert told(given, no, ready=False) == (instead, least + 1)
    assert told(given, no, yes, ready=True) == (jump, 5)
    assert told(given, ready=False) == (instead, least)  # the other one was never hers


@pytest.mark.parametrize("plan", [AS_PRINTED, TAILORED], ids=lambda plan: plan.id)
def test_who_jumps_is_told_what_she_does_when_tonight_somebody_says_no(plan: TrainingPlan) -> None:
    """Just what the plan has for her who isn't signed off; who doesn't jump needs none."""
    session, jump = _session_with(plan, "plyometric")
    before = _evening(plan, session - 2, [])
    kept = ("exercise", "name", "cue", "amount", "unit", "band", "sides", "support", "lighter")
    unready = _prescribe(plan, session, [before])
    told = _prescribe(plan, session, [before], signed_off=True)
    assert told[jump]["while_locked"] == {
        **{key: unready[jump][key] for key in kept}, "while_locked": None,
    }  # fmt: skip
    assert {one["while_locked"] for one in unready.values()} == {None}
    for name, one in told.items():
        is_jump = plan.exercise(one["exercise"]).category == "plyometric"
        assert (one["while_locked"] is not None) == is_jump, name


def test_a_stand_in_that_no_station_offers_comes_with_its_own_name_cue_and_support() -> None:
    """Easier than anything that hop-marks has as alternative: she holds on to something there."""
    jump, session = "hop-marks", 18
    past: list[PastSession] = []
    for n in range(1, session):
        past.append(_evening(TAILORED, n, past, seen=n <= 5))
    (station,) = (s for s in expand_session(TAILORED, session).stations if s.exercise == jump)
    stand_in = _prescribe(TAILORED, session, past, signed_off=True)[jump]["while_locked"]
    exercise = TAILORED.exercise(stand_in["exercise"])
    assert exercise.id not in {jump, *(one.exercise for one in station.alternatives)}
    told = (stand_in["name"], stand_in["cue"], stand_in["support"])
    assert told == (exercise.name, exercise.cue, "hold")
    assert station.support.value != "hold"
