"""What somebody is trained as, as the study's administrator said it; every statement is kept."""

import time

from sqlalchemy import Connection, func, insert, select

from server.errors import RuleError
from server.people.tables import PEOPLE_QUALIFICATIONS
from server.people.trail import append_event

MAX_CHARACTERS = 120  # as an entry of the ledger may hold


def parse_qualification(text: str) -> str:
    """One line of words. Raises RuleError."""
    words = " ".join(text.split())
    if not words or len(words) > MAX_CHARACTERS or not words.isprintable():
        raise RuleError(
            f"a qualification is 1 to {MAX_CHARACTERS} characters such as 'physiotherapist, MSc'"
        )
    return words


def append_qualification(
    connection: Connection, name: str, qualification: str, done_by: str
) -> None:
    """From now on she is this; what she was before stays readable."""
    table = PEOPLE_QUALIFICATIONS
    newest = select(func.max(table.c.number)).where(table.c.person == name)
    row = {
        "person": name,
        "number": (connection.execute(newest).scalar() or 0) + 1,
        "qualification": qualification,
        "recorded_by": done_by,
        "recorded_wall_ns": time.time_ns(),
    }
    connection.execute(insert(table), [row])
    append_event(connection, "qualification set", name, done_by)


def read_qualifications(connection: Connection) -> dict[str, str]:
    """The newest of everybody of whom one was said, by name."""
    table = PEOPLE_QUALIFICATIONS
    rows = connection.execute(select(table).order_by(table.c.number))
    return {row.person: row.qualification for row in rows}
