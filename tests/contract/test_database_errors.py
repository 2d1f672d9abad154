"""What an error of the database may say: it ends in a log that many people read."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from server.db.opening import open_study
from tests.studies import Study


@pytest.mark.parametrize("access", ["reading", "writing"])
def test_an_error_does_not_carry_what_was_to_be_stored(study: Study, access: str) -> None:
    database = open_study(study.settings.data, study.settings.database_url)
    statement = text("INSERT INTO nowhere (payload) VALUES (:payload)")
    with pytest.raises(DBAPIError) as error, getattr(database, access)() as connection:
        connection.execute(statement, {"payload": "somebody's heart"})
    assert "somebody's heart" not in str(error.value)
    assert "nowhere" in str(error.value)
    database.close()
