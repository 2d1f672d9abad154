"""Migrations bring an empty database to the schema that the program expects, on both kinds."""

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from protocol.messages.roster import ConsentedStream, RosterStrap
from server.db import migrate
from server.db.metadata import METADATA
from server.db.migrate import SCHEMA_REVISION, read_revision
from server.gateways import tables as gateway_tables
from server.gateways.roster import read_straps
from server.ingest import tables as ingest_tables
from server.participant_access import tables as access_tables
from server.people import tables as people_tables
from server.safety import tables as safety_tables
from server.sessions import tables as session_tables
from server.study import record_tables
from server.study import tables as study_tables
from server.tablets import tables as tablet_tables
from tests.studies import Study
from tests.warm_commands import ROOT


@pytest.fixture
def first_schema(study: Study, monkeypatch: pytest.MonkeyPatch) -> Study:
    """A study beside `study`, on the same kind of database, as the first release made it."""
    with monkeypatch.context() as before:
        before.setattr(migrate, "SCHEMA_REVISION", "0001")
        return study.make_sibling()


def test_the_program_expects_the_newest_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(ROOT / "server" / "db" / "migrations"))
    assert ScriptDirectory.from_config(config).get_current_head() == SCHEMA_REVISION


def test_the_migrated_schema_is_the_one_in_the_code(study: Study) -> None:
    named = {ingest_tables.RUNS, gateway_tables.STRAPS, people_tables.PEOPLE}
    named |= {study_tables.PARTICIPANT_ENTRIES, session_tables.LEDGER_EVENTS}
    named |= {safety_tables.SAFETY_PROPOSALS, access_tables.PARTICIPANT_CODES}
    named |= {tablet_tables.TABLETS, record_tables.RECORD_CHAIN}
    assert {table.name for table in named} <= METADATA.tables.keys()
    with study.open() as storage, storage.database.reading() as connection:
        assert read_revision(connection) == SCHEMA_REVISION
        found = inspect(connection)
        assert set(found.get_table_names()) == {*METADATA.tables, "alembic_version"}
        for table in METADATA.tables.values():
            columns = {column["name"]: column for column in found.get_columns(table.name)}
            # Rows are inserted by place, so the order counts as well.
            assert list(columns) == [column.name for column in table.columns]
            for column in table.columns:
                assert columns[column.name]["nullable"] == column.nullable
            primary = found.get_pk_constraint(table.name)["constrained_columns"]
            assert primary == [column.name for column in table.primary_key]


def test_opening_again_changes_nothing(study: Study) -> None:
    for _ in range(2):
        with study.open() as storage, storage.database.reading() as connection:
            assert read_revision(connection) == SCHEMA_REVISION


def test_a_study_of_the_first_schema_keeps_its_straps(first_schema: Study) -> None:
    with first_schema.connect() as database, database.writing() as connection:
        assert read_revision(connection) == "0001"
        row = "'51ADA001', 'h10', '07', 'heart_rate', 5"
        connection.exec_driver_sql(f"INSERT INTO straps VALUES ({row})")
    with first_schema.open() as storage:
        kept = RosterStrap("51ADA001", "h10", "07", [ConsentedStream.HEART_RATE])
        assert read_straps(storage.database) == [kept]
        with storage.database.reading() as connection:
            assert read_revision(connection) == SCHEMA_REVISION
