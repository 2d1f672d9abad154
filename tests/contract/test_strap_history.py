"""Every change of a strap is kept, by whom, when and why, and nobody can change that again."""

import getpass
import threading
import time
from typing import Unpack

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import DBAPIError

from protocol.messages.roster import ConsentedStream, RosterStrap
from server.db.database import Database
from server.db.opening import open_study
from server.errors import ConflictError
from server.gateways.roster import add_straps, make_roster, read_straps
from server.gateways.strap_changes import StrapChanges, change_strap
from server.gateways.strap_states import hold_straps
from server.gateways.tables import STRAP_HISTORY, STRAPS
from tests.server_process import run_command
from tests.studies import Study

A, B = "51ADA001", "51ADA002"
BOTH = list(ConsentedStream)
HEART = [ConsentedStream.HEART_RATE]


@pytest.fixture
def straps(study: Study) -> Study:
    with open_study(study.path, study.database_url) as database:
        add_straps(database, [RosterStrap(A, "h10", "01", BOTH), RosterStrap(B, "h10", "02", BOTH)])
    return study


def _open(study: Study) -> Database:
    return open_study(study.path, study.database_url)


def _change(database: Database, serial: str, **changes: Unpack[StrapChanges]) -> None:
    change_strap(database, serial, changes, changed_by="ana", reason="she asked")


def test_g1_a_change_says_who_when_old_new_and_why(straps: Study) -> None:
    before_ns = time.time_ns()
    words = ("straps", "change", A, "--streams", "heart_rate", "--label", "08")
    done = run_command(*words, "--reason", "no movement, she says", *straps.arguments)
    assert done.returncode == 0, done.stderr
    done = run_command(
        "straps", "change", A, "--streams", "none", "--reason", "x", *straps.arguments
    )
    assert done.returncode == 0, done.stderr
    with _open(straps) as database, database.reading() as connection:
        order = STRAP_HISTORY.c.number
        rows = connection.execute(select(STRAP_HISTORY).order_by(order)).mappings().all()
        (began,) = connection.execute(select(STRAPS).where(STRAPS.c.serial == A)).mappings()
    assert (began["label"], began["streams"]) == ("01", "heart_rate,movement")
    who = f"os:{getpass.getuser()}"
    assert [{k: v for k, v in row.items() if k != "changed_wall_ns"} for row in rows] == [
        {
            "serial": A,
            "number": 1,
            "changed_by": who,
            "old_label": "01",
            "new_label": "08",
            "old_streams": "heart_rate,movement",
            "new_streams": "heart_rate",
            "reason": "no movement, she says",
        },
        {
            "serial": A,
            "number": 2,
            "changed_by": who,
            "old_label": "08",
            "new_label": "08",
            "old_streams": "heart_rate",
            "new_streams": "",
            "reason": "x",
        },
    ]
    stamps = [row["changed_wall_ns"] for row in rows]
    assert before_ns <= stamps[0] <= stamps[1] <= time.time_ns()


def test_the_roster_has_another_version_after_each_change(straps: Study) -> None:
    versions, n_straps = [], []
    steps: list[StrapChanges] = [
        {},
        {"streams": HEART},
        {"streams": []},
        {"streams": BOTH},
        {"label": "9"},
    ]
    with _open(straps) as database:
        for changes in steps:
            _change(database, A, **changes)
            roster = make_roster("gym", read_straps(database))
            versions.append(roster.version)
            n_straps.append(len(roster.straps))
    assert n_straps == [2, 2, 1, 2, 2]
    assert versions[3] == versions[0]  # she agreed to all of it again
    assert len(set(versions)) == 4


def test_a_wearer_who_withdrew_is_still_known_to_the_study(straps: Study) -> None:
    with _open(straps) as database:
        _change(database, A, streams=[])
        assert RosterStrap(A, "h10", "01", []) in read_straps(database)
        with pytest.raises(ConflictError, match="label '01' is on strap"):
            _change(database, B, label="01")


def test_of_two_changes_at_once_the_second_sees_the_first(straps: Study) -> None:
    """Else both would take one number in the history, or one label."""
    refused = threading.Event()

    def give_b_the_label() -> None:
        with _open(straps) as database:
            try:
                _change(database, B, label="07")
            except ConflictError:
                refused.set()

    second = threading.Thread(target=give_b_the_label)
    with _open(straps) as database:
        with database.writing() as connection:
            hold_straps(connection)
            second.start()
            second.join(0.3)
            assert second.is_alive()
            row = {"serial": A, "number": 1, "changed_wall_ns": 1, "changed_by": "ana"}
            row |= {"old_streams": "", "new_label": "07", "new_streams": "", "reason": "x"}
            connection.execute(insert(STRAP_HISTORY), [row])
        second.join()
    assert refused.is_set()


def test_the_database_itself_refuses_a_change_without_a_reason(straps: Study) -> None:
    with _open(straps) as database, pytest.raises(DBAPIError, match="reasoned"):
        change_strap(database, A, {"label": "9"}, changed_by="ana", reason="")
