"""Whose entries are whose: a trainer's all, an assistant's effort, events and stops."""

from functools import partial

import msgspec
import pytest

from protocol.ledger.event import LedgerEvent
from protocol.ledger.kinds import KINDS
from protocol.ledger.paper import PaperSource
from server.people.roles import COPYISTS, Role
from server.sessions.granting import GRANTS, find_ungranted, is_granted
from tests.ledger_entries import Tablet, attending, effort, minute, wearing

EVENT = "01999999-0000-7000-8000-0000000000aa"
TABLET = Tablet(actor="mina")
HELD = TABLET.write("person_held", "P01", {"at": minute(1), "why": None})
STOPPED_ALL = TABLET.write("clock_held", "clock", {"at": minute(1), "why": "fall"})
NOTE = TABLET.write("note", "P01", {"text": "well"})
HERE = TABLET.write("attendance", "P01", attending())
GOES_ON = TABLET.write("person_resumed", "P01", {"at": minute(2), "why": None})


def test_a_trainer_makes_every_entry_that_a_tablet_posts() -> None:
    assert set(GRANTS[Role.TRAINER]) == {kind.name for kind in KINDS.values() if kind.posted}
    assert all(is_granted(Role.TRAINER, one) for one in (HELD, STOPPED_ALL, NOTE, HERE, GOES_ON))


def test_an_assistant_makes_effort_events_and_stops() -> None:
    """ux T8: an assistant's phone takes effort and events only; T9: the first tap stops her."""
    assert set(GRANTS[Role.ASSISTANT]) == {
        "rpe", "session_rpe", "adverse_event", "adverse_event_followup",
        "person_held", "clock_held", "staff_present", "staff_attendance", "server_met",
    }  # fmt: skip
    made = [one for one in (HELD, STOPPED_ALL, NOTE, HERE, GOES_ON)
            if is_granted(Role.ASSISTANT, one)]  # fmt: skip
    assert made == [HELD, STOPPED_ALL]


def test_what_an_assistant_held_she_cannot_take_back() -> None:
    taken_back = TABLET.correct(HELD, None)
    assert not is_granted(Role.ASSISTANT, taken_back)
    assert is_granted(Role.TRAINER, taken_back)
    about = TABLET.write("adverse_event_followup", EVENT,
                         {"outcome": "resting", "settled_at": None, "serious": None,
                          "text": None})  # fmt: skip
    assert is_granted(Role.ASSISTANT, TABLET.correct(about, None))


def test_an_assistant_says_that_she_is_there_and_of_nobody_else() -> None:
    value = {"duty": "assistant", "qualification": None, "missing_reason": "not_recorded"}
    own = TABLET.write("staff_present", "mina", value)
    assert is_granted(Role.ASSISTANT, own)
    assert not is_granted(Role.ASSISTANT, TABLET.write("staff_present", "sara", value))
    assert not is_granted(Role.ASSISTANT, TABLET.correct(own, None))
    goes = {"status": "left"}
    assert is_granted(Role.ASSISTANT, TABLET.write("staff_attendance", "mina", goes))
    assert not is_granted(Role.ASSISTANT, TABLET.write("staff_attendance", "sara", goes))
    assert is_granted(Role.TRAINER, TABLET.write("staff_attendance", "sara", goes))


@pytest.mark.parametrize("role", [role for role in Role if role not in GRANTS] + [None])
def test_nobody_else_makes_any(role: Role | None) -> None:
    assert set(GRANTS) == {Role.TRAINER, Role.ASSISTANT, Role.RESEARCHER, Role.DATA_MANAGER}
    assert not any(is_granted(role, one) for one in (HELD, NOTE, HERE))


def test_a_researcher_puts_a_strap_right_and_enters_nothing_else() -> None:
    about = "01999999-0000-7000-8000-0000000000a1"
    worn = TABLET.write("wearing", about, wearing("P01", "8AA87D01", minute(1)), minute(1))
    assert set(GRANTS[Role.RESEARCHER]) == {"wearing"}
    assert is_granted(Role.RESEARCHER, TABLET.correct(worn, wearing("P02", "8AA87D01", minute(1))))
    assert not is_granted(Role.RESEARCHER, worn)  # a new one
    assert not is_granted(Role.RESEARCHER, TABLET.correct(worn, None))
    assert not any(is_granted(Role.RESEARCHER, one) for one in (HELD, NOTE, HERE))
    told = find_ungranted([NOTE], {"mina": Role.RESEARCHER})[NOTE.id].message
    assert "a researcher corrects who wore which strap" in told


def test_the_refusal_says_who_what_and_whose_it_is() -> None:
    faults = find_ungranted([HELD, NOTE], {"mina": Role.ASSISTANT})
    assert [(fault.id, fault.code) for fault in faults.values()] == [(NOTE.id, "not_granted")]
    assert faults[NOTE.id].message == (
        "mina is assistant here: an assistant enters effort and events, and may stop somebody;"
        " note is for a trainer"
    )


def _on_paper(event: LedgerEvent) -> LedgerEvent:
    paper = PaperSource(sheet="c0fe72655212", page=2, written_by="sara")
    return msgspec.structs.replace(event, paper=paper)


def test_a_data_manager_adds_what_a_sheet_says_and_decides_nothing() -> None:
    """Decision 0048: beside what is there, over nothing; of an act a rival, and never a void."""
    may = partial(is_granted, Role.DATA_MANAGER)
    assert may(_on_paper(NOTE))
    assert may(_on_paper(HERE))
    assert not may(NOTE)
    assert not may(HERE)
    assert not may(_on_paper(STOPPED_ALL))  # no sheet starts or holds the circuit's clock
    assert not may(_on_paper(TABLET.correct(NOTE, {"text": "ill"})))
    assert may(_on_paper(TABLET.correct(HERE, attending("absent"))))
    assert not may(_on_paper(TABLET.correct(HERE, None)))


@pytest.mark.parametrize("role", [role for role in Role if role not in COPYISTS])
def test_nobody_else_copies_a_sheet(role: Role) -> None:
    effort_of_hers = TABLET.write("rpe", "P01/1", effort(12))
    assert not is_granted(role, _on_paper(effort_of_hers))
    assert is_granted(Role.TRAINER, _on_paper(effort_of_hers))
    fault = find_ungranted([_on_paper(effort_of_hers)], {"mina": role})[effort_of_hers.id]
    assert "printed sheet" in fault.message
