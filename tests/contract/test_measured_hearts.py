"""What was measured of a heart, on both databases: added, never changed."""

from collections.abc import Iterator

import pytest
from sqlalchemy.exc import DBAPIError

from protocol.identifiers import ParticipantCode
from server.db.database import Database
from server.errors import NotFoundError, RuleError
from server.study.measured_heart import Formula, MeasuredHeart, Sex
from server.study.measured_hearts import add_measured_heart, read_measured_hearts
from server.study.participant import Arm, Participant
from server.study.participants import add_participants
from server.study.tables import MEASURED_HEARTS
from tests.studies import Study

P01 = ParticipantCode("P01")
FIRST = MeasuredHeart(64, Sex.FEMALE, age_years=36.5, formula=Formula.GULATI)
LATER = MeasuredHeart(62, Sex.FEMALE, max_bpm=178, vt1_bpm=120, vt2_bpm=150)


@pytest.fixture
def database(study: Study) -> Iterator[Database]:
    with study.open() as storage:
        her = Participant(P01, "Rabbit", Arm.TRAINING)
        add_participants(storage.database, [her], "ana")
        yield storage.database


def read(database: Database) -> dict[str, MeasuredHeart]:
    with database.reading() as connection:
        return read_measured_hearts(connection)


def test_the_newest_counts_and_what_held_before_is_kept(database: Database) -> None:
    assert read(database) == {}
    add_measured_heart(database, P01, FIRST, "ana", None)
    assert read(database) == {"P01": FIRST}
    add_measured_heart(database, P01, LATER, "ana", "the test of 12 May")
    assert read(database) == {"P01": LATER}
    with database.reading() as connection:
        rows = connection.execute(MEASURED_HEARTS.select().order_by("number")).all()
    assert [(row.number, row.reason) for row in rows] == [(1, None), (2, "the test of 12 May")]


def test_a_second_entry_needs_a_reason_and_something_new(database: Database) -> None:
    add_measured_heart(database, P01, FIRST, "ana", None)
    with pytest.raises(RuleError, match="--reason"):
        add_measured_heart(database, P01, LATER, "ana", "  ")
    with pytest.raises(RuleError, match="nothing was changed"):
        add_measured_heart(database, P01, FIRST, "ana", "again")
    assert read(database) == {"P01": FIRST}


def test_somebody_who_is_not_in_the_study(database: Database) -> None:
    with pytest.raises(NotFoundError, match="P99"):
        add_measured_heart(database, ParticipantCode("P99"), FIRST, "ana", None)


STATEMENTS = [MEASURED_HEARTS.update().values(rest_bpm=1.0), MEASURED_HEARTS.delete()]


@pytest.mark.parametrize("statement", STATEMENTS, ids=["update", "delete"])
def test_the_database_refuses_changes(database: Database, statement: object) -> None:
    add_measured_heart(database, P01, FIRST, "ana", None)
    with pytest.raises(DBAPIError), database.writing() as connection:
        connection.execute(statement)  # type: ignore[call-overload]
    assert read(database) == {"P01": FIRST}
