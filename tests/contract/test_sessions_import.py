"""`sessions import` as a person runs it: what a tablet saved is taken in once, or not at all."""

import pytest

from protocol.ledger.event import LedgerEvent
from server.people.roles import Role
from server.sessions.ledger import read_events
from server.sessions.stored import StoredEvent
from tests.ledger_entries import SESSION, Tablet, attending, effort, logged, minute, planned
from tests.outbox_files import write_outbox
from tests.server_process import run_command
from tests.staff import add_person
from tests.studies import Study
from tests.tablet_client import sign_in_trainer


@pytest.fixture
def prepared(study: Study) -> Study:
    with study.open() as storage:
        sign_in_trainer(storage)
        add_person(storage.database, "mina", Role.ASSISTANT)
    return study


def _import(study: Study, text: str, *words: str) -> tuple[int, str, str]:
    path = study.path.parent / "outbox.json"
    path.write_text(text, encoding="utf-8")
    done = run_command("sessions", "import", str(path), *words, *study.arguments)
    return done.returncode, done.stdout, done.stderr


def _stored(study: Study) -> list[StoredEvent]:
    with study.open() as storage, storage.database.reading() as connection:
        return read_events(connection, SESSION)


def _evening() -> list[LedgerEvent]:
    tablet = Tablet()
    return [
        tablet.write("session_planned", "session", planned("P01", "P02")),
        tablet.write("attendance", "P01", attending()),
        tablet.write("set", "P01/sit-to-stand/1", logged("sit-to-stand", 8), minute(20)),
    ]


def test_entries_are_taken_in_once_under_the_name_of_who_made_and_who_brought_them(
    prepared: Study,
) -> None:
    events = _evening()
    text = write_outbox(events, prepared.path.name)
    code, told, complaint = _import(prepared, text)
    assert (code, complaint) == (0, "")
    assert told == "3 entries: 3 new, 0 known already, 0 in conflict with another\n"
    stored = _stored(prepared)
    assert [one.event for one in stored] == events
    assert all(one.recorded_by.startswith("os:") for one in stored)
    assert _import(prepared, text)[1].startswith("3 entries: 0 new, 3 known already, 0 in")
    assert len(_stored(prepared)) == 3


def test_what_two_tablets_say_differently_is_counted_and_kept(prepared: Study) -> None:
    _import(prepared, write_outbox(_evening(), prepared.path.name))
    other = Tablet("bbbbbbbbbbbbbbbb")
    differs = other.write("set", "P01/sit-to-stand/1", logged("sit-to-stand", 9), minute(20))
    told = _import(prepared, write_outbox([differs], prepared.path.name))[1]
    assert told == "1 entries: 0 new, 0 known already, 1 in conflict with another\n"
    assert len(_stored(prepared)) == 4


def test_a_dry_run_says_the_same_and_stores_nothing(prepared: Study) -> None:
    text = write_outbox(_evening(), prepared.path.name)
    code, told, _ = _import(prepared, text, "--dry-run")
    assert code == 0
    assert told.startswith("tried only, nothing was stored: 3 entries: 3 new")
    assert _stored(prepared) == []


def test_a_file_that_is_no_tablets_or_was_cut_off_changes_nothing(prepared: Study) -> None:
    text = write_outbox(_evening(), prepared.path.name)
    for wrong in (text[:-30], "{}", "", text.replace('"amount": 8', '"amount": 7')):
        code, told, complaint = _import(prepared, wrong)
        assert (code, told) == (2, "")
        assert complaint.endswith("; nothing was stored\n")
        assert len(complaint.splitlines()) == 1
    assert _stored(prepared) == []
    missing = run_command("sessions", "import", "/nowhere/x.json", *prepared.arguments)
    assert (missing.returncode, "can't read" in missing.stderr) == (2, True)


def test_another_studys_file_is_refused_until_somebody_says_it_is_the_same(
    prepared: Study,
) -> None:
    for study, named in (("elsewhere", "elsewhere"), (None, prepared.path.name)):
        text = write_outbox(_evening(), study)
        code, told, complaint = _import(prepared, text)
        assert (code, told) == (2, "")
        assert f"give --study {named}" in complaint
        assert _import(prepared, text, "--study", "a-third")[0] == 2
        assert _import(prepared, text, "--dry-run", "--study", named)[0] == 0
    assert _stored(prepared) == []


def test_one_entry_that_cant_be_stored_keeps_all_others_out(prepared: Study) -> None:
    stranger = Tablet(actor="nobody").write("attendance", "P01", attending())
    unknown = Tablet().write("attendance", "P99", attending())
    not_hers = Tablet(actor="mina").write("attendance", "P01", attending())
    for wrong, said in (
        (stranger, "nobody in the study is called nobody"),
        (unknown, "nobody in the study has the code P99"),
        (not_hers, "attendance is for a trainer"),
    ):
        text = write_outbox([*_evening()[1:], wrong], prepared.path.name)
        code, told, complaint = _import(prepared, text)
        assert (code, told) == (2, "")
        assert said in complaint
    assert _stored(prepared) == []


def test_what_a_server_set_aside_before_doesnt_keep_the_others_out(prepared: Study) -> None:
    """Tried again: what is right by now goes in, the rest is named."""
    unknown = Tablet().write("attendance", "P99", attending())
    late = Tablet("bbbbbbbbbbbbbbbb", "mina").write("rpe", "P01/1", effort(13), minute(21))
    events = [*_evening()[1:], unknown, late]
    text = write_outbox(events, prepared.path.name, refused={unknown.id, late.id})
    code, told, _ = _import(prepared, text)
    assert code == 0
    first, second, third = told.splitlines()
    assert first.startswith("3 entries: 3 new")
    assert second == "1 are refused again, as the server said before:"
    assert third == f"  {unknown.id}: nobody in the study has the code P99"
    assert unknown.id not in {one.event.id for one in _stored(prepared)}


def test_more_than_one_post_goes_in_as_one(prepared: Study) -> None:
    tablet = Tablet()
    notes = [tablet.write("note", "P01", {"text": f"{n}"}) for n in range(401)]
    assert _import(prepared, write_outbox(notes, prepared.path.name))[1].startswith("401 entries")
    wrong = Tablet("cccccccccccccccc").write("note", "P99", {"text": "x"})
    more = [Tablet("dddddddddddddddd").write("note", "P01", {"text": "y"}), wrong]
    assert _import(prepared, write_outbox(more, prepared.path.name))[0] == 2
    assert len(_stored(prepared)) == 401
