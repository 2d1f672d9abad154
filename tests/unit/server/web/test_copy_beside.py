"""A sheet beside what the ledger has: new, the same, or two versions of one thing."""

from typing import Any

import pytest

from server.sessions.domain.fold import fold_session
from server.web.copy_beside import Verdict, compare_drafts
from server.web.copy_drafts import Draft
from server.web.copy_entries import Copyist, make_entries
from server.web.copy_form import Copied
from tests.ledger_entries import SESSION, Tablet, adverse, attending, held, logged, minute, wearing

WORN = "01999999-0000-7000-8000-0000000000a1"
EVENT = "01999999-0000-7000-8000-0000000000f1"
COPIED = Copied("c0fe72655212", "sara", {})
SET = "P01/sit-to-stand/1"


def draft_set(amount: int, **said: Any) -> Draft:
    value = logged("sit-to-stand", amount)
    return Draft("set", SET, value, {"performed.amount": amount, **said}, minute(0), 2)


def draft_coming(status: str, at: str = minute(0)) -> Draft:
    value = attending(status)
    return Draft("attendance", "P01", value, value, at, 2)


def draft_event(at: str) -> Draft:
    return Draft("adverse_event", "", adverse("P01", "fall"), {"what": "fall"}, at, 3)


def draft_stop(at: str) -> Draft:
    return Draft("person_held", "P01", held(at), held(at), at, 3)


def write(kind: str, about: str, value: dict[str, Any], at: str = minute(12)) -> Any:
    return Tablet().write(kind, about, value, at)


@pytest.mark.parametrize(
    ("draft", "there", "verdict"),
    [
        (draft_set(8), [], Verdict.NEW),
        (draft_set(8), [write("set", SET, logged("sit-to-stand", 8, technique="good"))],
         Verdict.SAME),
        (draft_set(8), [write("set", SET, logged("sit-to-stand", 9))], Verdict.DIFFERS),
        (draft_set(8), [write("set", "P02/sit-to-stand/1", logged("sit-to-stand", 9))],
         Verdict.NEW),
        (draft_set(8, technique="form_lost"),
         [write("set", SET, logged("sit-to-stand", 8, technique="good"))], Verdict.DIFFERS),
        (draft_coming("late"), [write("attendance", "P01", attending())], Verdict.SAME),
        (draft_coming("absent"), [write("attendance", "P01", attending())], Verdict.DIFFERS),
        (draft_coming("present"), [write("attendance", "P01", attending("absent"))],
         Verdict.DIFFERS),
        (draft_coming("left"), [write("attendance", "P01", attending())], Verdict.NEW),
        (draft_event(minute(20)), [write("adverse_event", EVENT, adverse("P01", "fall"))],
         Verdict.SAME),
        (draft_event(minute(30)), [write("adverse_event", EVENT, adverse("P01", "fall"))],
         Verdict.NEW),
        (draft_event(minute(20)), [write("adverse_event", EVENT, adverse("P02", "fall"))],
         Verdict.NEW),
        (draft_event(minute(20)), [write("adverse_event", EVENT, adverse("P01", "pain"))],
         Verdict.NEW),
        (draft_stop(minute(14)), [write("person_held", "P01", held(minute(12)))], Verdict.SAME),
        (draft_stop(minute(20)), [write("person_held", "P01", held(minute(12)))], Verdict.NEW),
    ],
)  # fmt: skip
def test_how_a_sheet_stands_to_what_is_there(
    draft: Draft, there: list[Any], verdict: Verdict
) -> None:
    (compared,) = compare_drafts([draft], there)
    assert compared.verdict is verdict


def enter(draft: Draft, there: list[Any]) -> list[Any]:
    copyist = Copyist("dana", SESSION, 0, {one.id for one in there})
    return make_entries(compare_drafts([draft], there), COPIED, copyist)


def fold(events: list[Any]) -> Any:
    return fold_session(events, minute(60))


def test_a_rival_of_a_set_stands_after_what_was_there() -> None:
    """The sheet's own time is earlier; what a tablet entered is what counts until somebody says."""
    there = [write("set", SET, logged("sit-to-stand", 9))]
    state = fold([*there, *enter(draft_set(8), there)])
    assert len(state["conflicts"]) == 1
    assert state["people"]["P01"]["sets"]["sit-to-stand/1"]["performed"]["amount"] == 9


@pytest.mark.parametrize(("here", "sheet"), [("present", "absent"), ("absent", "present")])
def test_a_rival_of_an_act_leaves_the_act_as_it_was(here: str, sheet: str) -> None:
    there = [write("attendance", "P01", attending(here))]
    before = fold(there)["people"]["P01"]
    made = enter(draft_coming(sheet, minute(30)), there)
    state = fold([*there, *made])
    assert state["people"]["P01"] == before
    assert [one["status"] for one in state["conflicts"][0]["values"]] == [here, sheet]
    assert [one.source is None for one in made] == [True, False]


def test_another_strap_is_another_version_of_her_interval() -> None:
    there = [write("wearing", WORN, wearing("P01", "8AA87D01", minute(1)))]
    value = wearing("P01", "8AA87D02", minute(0))
    (made,) = enter(Draft("wearing", "", value, {"strap": "8AA87D02"}, minute(0), 2), there)
    assert made.about == WORN
    assert made.value == {**there[0].value, "strap": "8AA87D02"}


def test_the_same_page_makes_the_same_entries_and_only_once() -> None:
    made = enter(draft_set(8), [])
    assert enter(draft_set(8), []) == made
    assert enter(draft_set(8), made) == []
    assert enter(draft_set(9), [])[0].id != made[0].id
    twice = compare_drafts([draft_event(minute(5)), draft_event(minute(5))], [])
    assert len(make_entries(twice, COPIED, Copyist("dana", SESSION, 0, ()))) == 1


def test_what_was_decided_against_the_sheet_is_not_entered_again() -> None:
    there = [write("set", SET, logged("sit-to-stand", 9))]
    (made,) = enter(draft_set(8), there)
    decided = Tablet("cc" * 8).correct(made, there[0].value, minute(50))
    (compared,) = compare_drafts([draft_set(8)], [*there, made, decided])
    assert compared.verdict is Verdict.DIFFERS
    assert enter(draft_set(8), [*there, made, decided]) == []


def entered(at: str, number: int, what: str = "fall") -> Any:
    """An event as a tablet entered it."""
    name = f"01999999-0000-7000-8000-0000000000e{number}"
    return write("adverse_event", name, adverse("P01", what), at)


SAME, NEW, UNSURE = Verdict.SAME, Verdict.NEW, Verdict.UNSURE


@pytest.mark.parametrize(
    ("lines", "there", "verdicts"),
    [
        ([20, 24], [22], [UNSURE, UNSURE]),  # which of the two isn't there?
        ([20, 24], [20.5], [SAME, NEW]),  # the same minute
        ([20, 24], [24, 20], [SAME, SAME]),
        ([20, 24], [21, 26], [SAME, SAME]),
        ([20, 40], [22], [SAME, NEW]),
        ([20, 24], [12, 15], [SAME, SAME]),  # the first reaches both, the second one alone
        ([20, 24, 50], [22], [UNSURE, UNSURE, NEW]),
        ([20, 20], [20], [SAME, SAME]),  # one line, typed twice
        ([20], [18, 22], [SAME]),
    ],
)
def test_an_event_of_the_ledger_stands_for_one_line_at_most(
    lines: list[float], there: list[float], verdicts: list[Verdict]
) -> None:
    known = [entered(minute(at), number) for number, at in enumerate(there)]
    compared = compare_drafts([draft_event(minute(at)) for at in lines], known)
    assert [one.verdict for one in compared] == verdicts
    n_told = sum(len(one.there) for one in compared if one.verdict is SAME)
    assert n_told == verdicts.count(SAME)


def test_a_line_that_nobody_can_tell_is_entered_and_once() -> None:
    """Two falls are never one because a tablet has one; looked at again they are all there."""
    there = [entered(minute(22), 1)]
    lines = [draft_event(minute(20)), draft_event(minute(24))]
    copyist = Copyist("dana", SESSION, 0, {one.id for one in there})
    made = make_entries(compare_drafts(lines, there), COPIED, copyist)
    assert len(made) == 2
    again = compare_drafts(lines, [*there, *made])
    assert [one.verdict for one in again] == [SAME, SAME]


def test_an_event_of_another_kind_is_never_another_line() -> None:
    lines = [draft_event(minute(20)), draft_event(minute(24))]
    compared = compare_drafts(lines, [entered(minute(22), 1, "pain")])
    assert [one.verdict for one in compared] == [NEW, NEW]
