"""Staff as a tablet knows them: who may be at work on it, and how to check her PIN offline."""

from dataclasses import dataclass

from sqlalchemy import Connection, select

from server.people.qualifications import read_qualifications
from server.people.roles import TABLET_ROLES, Role
from server.people.tables import PEOPLE
from server.people.verifiers import Verifier


@dataclass(frozen=True, slots=True)
class StaffMember:
    """A trainer or an assistant."""

    name: str
    role: Role
    verifier: Verifier | None
    qualification: str | None  # None: the study hasn't said it


def read_staff(connection: Connection) -> list[StaffMember]:
    """Trainers and assistants who may sign in, by name. For a signed-in tablet only."""
    roles = [role.value for role in TABLET_ROLES]
    rows = connection.execute(
        select(PEOPLE)
        .where(PEOPLE.c.role.in_(roles), PEOPLE.c.disabled_wall_ns.is_(None))
        .order_by(PEOPLE.c.name)
    )
    qualifications = read_qualifications(connection)
    return [
        StaffMember(
            row.name,
            Role(row.role),
            qualification=qualifications.get(row.name),
            verifier=None
            if row.verifier_salt is None
            else Verifier(
                bytes(row.verifier_salt), row.verifier_iterations, bytes(row.verifier_sha256)
            ),
        )
        for row in rows
    ]
