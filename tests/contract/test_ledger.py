"""One suite for the ledger on SQLite and on PostgreSQL."""

import itertools
import json
import os
import random
import threading
from collections.abc import Iterator, Sequence

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, func, select, text
from sqlalchemy.exc import DBAPIError

from protocol.ledger.event import LedgerEvent
from server.errors import RuleError, StorageUnavailableError
from server.ingest.tables import CHUNKS
from server.sessions.appending import Outcome, Posting, Result
from server.sessions.audit import check_chain
from server.sessions.audited_rows import read_audited_rows
from server.sessions.chain import EMPTY
from server.sessions.domain.fold import fold_session
from server.sessions.domain.wearing import find_wearers
from server.sessions.erasing import erase_content
from server.sessions.ledger import append_events, read_events, read_head
from server.sessions.tables import LEDGER_DISPUTED, LEDGER_EVENTS, LEDGER_VALUES
from server.storage import Storage
from tests.ledger_entries import SESSION, Tablet, attending, logged, minute, wearing
from tests.ledger_stories import evenings
from tests.studies import Study
from tests.unit.server.batches import STRAPS, record, upload

_EVENINGS = itertools.count(1)

STRAP_ID = "01999999-0000-7000-8000-0000000000a1"
OTHER_SESSION = "01999999-0000-7000-8000-00000000000f"


@pytest.fixture
def storage(study: Study) -> Iterator[Storage]:
    with study.open() as opened:
        yield opened


def _posting(events: Sequence[LedgerEvent], session: str = SESSION) -> Posting:
    return Posting(session, events, minute(1), "sara")


def _append(storage: Storage, *events: LedgerEvent, session: str = SESSION) -> list[Outcome]:
    posting = _posting(events, session)
    return storage.writer.write(lambda c: append_events(c, posting, os.urandom)).result()


def _results(outcomes: Sequence[Outcome]) -> list[str]:
    return [outcome.result.value for outcome in outcomes]


def _read(storage: Storage, session: str = SESSION) -> list[LedgerEvent]:
    with storage.database.reading() as connection:
        return [one.event for one in read_events(connection, session)]


def test_events_come_back_as_they_were_posted_in_one_order_for_the_study(storage: Storage) -> None:
    tablet = Tablet()
    first = [tablet.write("attendance", f"P0{n}", attending()) for n in range(1, 4)]
    other = tablet.write("note", "P01", {"text": "Zwölf „Schritte“ \\ / \u202b سلام 🙂\nund mehr"})
    assert [o.n for o in _append(storage, *first)] == [1, 2, 3]
    assert [o.n for o in _append(storage, other, session=OTHER_SESSION)] == [4]
    assert _read(storage) == first
    assert _read(storage, OTHER_SESSION) == [other]


def test_the_same_event_is_known_for_ever_and_stored_once(storage: Storage) -> None:
    """A10: also twice within one post, and after a restart."""
    event = Tablet().write("attendance", "P01", attending())
    assert _results(_append(storage, event, event)) == ["new", "known"]
    assert _results(_append(storage, event)) == ["known"]
    with storage.database.reading() as connection:
        assert connection.execute(select(func.count()).select_from(LEDGER_EVENTS)).scalar() == 1


def test_another_event_under_a_known_id_is_kept_aside_and_the_first_stays(
    storage: Storage,
) -> None:
    event = Tablet().write("attendance", "P01", attending())
    forged = Tablet().write("attendance", "P01", attending("absent"))
    assert event.id == forged.id
    _append(storage, event)
    for _ in range(2):
        assert _append(storage, forged) == [Outcome(event.id, Result.CONFLICT, 1)]
    elsewhere = _append(storage, event, session=OTHER_SESSION)
    assert elsewhere == [Outcome(event.id, Result.CONFLICT, 1)]
    assert _read(storage) == [event]
    with storage.database.reading() as connection:
        kept = connection.execute(select(LEDGER_DISPUTED)).all()
    assert sorted((row.session, json.loads(row.content)["value"]["status"]) for row in kept) == [
        (SESSION, "absent"),
        (OTHER_SESSION, "present"),
    ]


def test_two_tablets_that_disagree_are_answered_conflict_and_a_person_ends_it(
    storage: Storage,
) -> None:
    """E3, over the ledger."""
    a, b = Tablet(), Tablet("bbbbbbbbbbbbbbbb", "leyla")
    one = a.write("set", "P01/sit-to-stand/1", logged("sit-to-stand", 8), minute(20))
    two = b.write("set", "P01/sit-to-stand/1", logged("sit-to-stand", 9), minute(21))
    assert _results(_append(storage, one)) == ["new"]
    assert _results(_append(storage, two)) == ["conflict"]
    assert fold_session(_read(storage), minute(30))["conflicts"] == [
        {
            "kind": "set",
            "about": "P01/sit-to-stand/1",
            "versions": [one.id, two.id],
            "values": [one.value, two.value],
        }
    ]
    decision = a.correct(two, logged("sit-to-stand", 8), minute(22))
    assert _results(_append(storage, decision)) == ["new"]
    assert fold_session(_read(storage), minute(30))["conflicts"] == []


def test_agreeing_entries_are_no_conflict(storage: Storage) -> None:
    a, b = Tablet(), Tablet("bbbbbbbbbbbbbbbb", "leyla")
    one = a.write("set", "P01/sit-to-stand/1", logged("sit-to-stand", 8), minute(20))
    two = b.write("set", "P01/sit-to-stand/1", logged("sit-to-stand", 8), minute(21))
    assert _results(_append(storage, one, two)) == ["new", "new"]


@given(events=evenings(max_size=10), chance=st.randoms(use_true_random=False))
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_any_split_into_posts_in_any_order_any_number_of_times_folds_to_the_same_state(
    storage: Storage, events: list[LedgerEvent], chance: random.Random
) -> None:
    number = next(_EVENINGS)
    session = f"01999999-0000-7000-8000-{number:012x}"
    renamed = [_rename(event, number) for event in events]
    sent = renamed + (chance.choices(renamed, k=len(renamed)) if renamed else [])
    chance.shuffle(sent)
    while sent:
        n = chance.randint(1, 5)
        _append(storage, *sent[:n], session=session)
        sent = sent[n:]
    stored = _read(storage, session)
    assert len(stored) == len(renamed)
    assert fold_session(stored, minute(35)) == fold_session(renamed, minute(35))


def _rename(event: LedgerEvent, number: int) -> LedgerEvent:
    """Examples share a database: the same evening again needs ids of its own."""
    supersedes = event.supersedes and f"{event.supersedes[:-6]}{number:06x}"
    new_id = f"{event.id[:-6]}{number:06x}"
    return msgspec.structs.replace(event, id=new_id, supersedes=supersedes)


def test_writers_on_several_threads_share_one_gapless_chain(storage: Storage) -> None:
    """The server's writer and a command at once."""
    tablets = [Tablet(f"{n:016x}") for n in range(1, 5)]

    def post(tablet: Tablet) -> None:
        for n in range(10):
            posting = _posting([tablet.write("note", "P01", {"text": f"{n}"})])
            if tablet is tablets[0]:
                with storage.database.writing() as connection:
                    append_events(connection, posting, os.urandom)
            else:
                _append(storage, *posting.events)

    threads = [threading.Thread(target=post, args=(tablet,)) for tablet in tablets]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with storage.database.reading() as connection:
        report = check_chain(read_audited_rows(connection), [])
    assert (report.n_rows, report.head.n, report.findings) == (40, 40, [])


def _some_rows(storage: Storage) -> None:
    tablet = Tablet()
    wrong = tablet.write("attendance", "P01", attending())
    _append(storage, wrong, tablet.correct(wrong, attending("absent")))
    _append(storage, Tablet().write("attendance", "P01", attending("left")))  # kept aside


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_events SET about = 'P02'",
        "DELETE FROM ledger_events",
        "UPDATE ledger_values SET value = 'null'",
        "DELETE FROM ledger_values",
        "DELETE FROM ledger_disputed",
        "UPDATE ledger_disputed SET content = '{}'",
    ],
)
def test_the_database_refuses_to_change_or_delete(storage: Storage, statement: str) -> None:
    _some_rows(storage)
    with pytest.raises(DBAPIError), storage.database.writing() as connection:
        connection.execute(text(statement))
    assert len(_read(storage)) == 2


def test_an_erasure_stays_recorded(storage: Storage) -> None:
    _erase_first(storage)
    for statement in ("DELETE FROM ledger_erasures", "UPDATE ledger_erasures SET recorded_n = 1"):
        with pytest.raises(DBAPIError), storage.database.writing() as connection:
            connection.execute(text(statement))


def _erase_first(storage: Storage) -> LedgerEvent:
    tablet = Tablet()
    said = tablet.write("note", "P01", {"text": "her neighbour's name"})
    decision = tablet.write("content_erased", said.id, {"why": "not hers to tell"})
    _append(storage, said, decision)
    storage.writer.write(lambda c: erase_content(c, said.id, decision.id)).result()
    return said


def test_erasing_deletes_what_was_said_and_the_chain_still_verifies(storage: Storage) -> None:
    """promises 5.6: the act stays, salt and content go, and it doesn't come back by a retry."""
    said = _erase_first(storage)
    with storage.database.reading() as connection:
        report = check_chain(read_audited_rows(connection), [])
        stored = read_events(connection, SESSION)
        n_values = connection.execute(select(func.count()).select_from(LEDGER_VALUES)).scalar()
    assert ([row.n for row in report.erased], report.findings, n_values) == ([1], [], 1)
    assert (stored[0].is_erased, stored[0].event.value) == (True, None)
    assert fold_session([one.event for one in stored], minute(5))["people"] == {}
    assert _results(_append(storage, said)) == ["known"]


def test_d3_a_swap_found_on_friday_is_repaired_without_touching_a_byte(storage: Storage) -> None:
    """Whose bytes they are is said by the ledger; the archive has never known."""
    storage.writer.submit(upload([record(seq, strap=STRAPS[0]) for seq in range(1, 6)])).result()
    tablet = Tablet()
    on = tablet.write("wearing", STRAP_ID, wearing("P01", STRAPS[0], minute(0)), minute(0))
    _append(storage, on)
    before = _read_archive(storage)
    assert _find_wearer(storage, STRAPS[0]) == ["P01"]
    friday = "2026-12-04T09:00:00.000Z"
    _append(storage, tablet.correct(on, wearing("P02", STRAPS[0], minute(0)), friday))
    assert _find_wearer(storage, STRAPS[0]) == ["P02"]
    assert _read_archive(storage) == before != []


def _read_archive(storage: Storage) -> list[tuple[object, ...]]:
    with storage.database.reading() as connection:
        return [tuple(row) for row in connection.execute(select(CHUNKS).order_by(CHUNKS.c.id))]


def _find_wearer(storage: Storage, strap: str) -> list[str]:
    people = fold_session(_read(storage), minute(600))["people"]
    intervals = [
        {"participant": code, **one} for code, person in people.items() for one in person["wearing"]
    ]
    return find_wearers(intervals, strap, minute(5))


def test_an_empty_ledger_has_an_empty_head(storage: Storage) -> None:
    with storage.database.reading() as connection:
        assert read_head(connection) == EMPTY
        assert check_chain(read_audited_rows(connection), []).findings == []


def test_work_that_fails_leaves_nothing_and_harms_no_upload_beside_it(storage: Storage) -> None:
    """The ledger shares the archive's transaction, never its fate."""
    event = Tablet().write("attendance", "P01", attending())

    def fail(connection: Connection) -> None:
        append_events(connection, _posting([event]), os.urandom)
        raise RuleError("no")

    def fail_badly(connection: Connection) -> None:
        append_events(connection, _posting([event]), os.urandom)
        raise ZeroDivisionError

    failing, broken, probing = (
        storage.writer.write(fail),
        storage.writer.write(fail_badly),
        storage.writer.probe(),
    )
    with pytest.raises(RuleError):
        failing.result()
    with pytest.raises(StorageUnavailableError):
        broken.result()
    assert probing.result() is None
    assert _read(storage) == []
