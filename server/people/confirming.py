"""Whether somebody is who she says, where she doesn't sign in: a signature under a paper."""

from sqlalchemy import select

from server.db.database import Database
from server.errors import NotPermittedError, SignInRefusedError
from server.people.hashing import HashingDesk
from server.people.roles import Role
from server.people.tables import PEOPLE
from server.people.trail import append_event


def confirm_person(
    database: Database, name: str, password: str, role: Role | frozenset[Role], done_by: str
) -> None:
    """Somebody who may sign in, by her password, and who is `role`, or of one of them.

    A wrong password is written down. Raises SignInRefusedError or NotPermittedError.
    """
    with database.reading() as connection:
        row = connection.execute(select(PEOPLE).where(PEOPLE.c.name == name)).first()
    is_known = row is not None and row.disabled_wall_ns is None
    stored = row.password_argon2 if row is not None and is_known else None
    if not HashingDesk().matches(stored, password):
        with database.writing() as connection:
            append_event(connection, "signature refused", name if is_known else None, done_by)
        raise SignInRefusedError(f"{name} and this password don't belong together")
    signers = sorted({role} if isinstance(role, Role) else role)
    if row is not None and row.role not in signers:
        raise NotPermittedError(
            f"{name} is {row.role}: only a {' or '.join(signers)} signs this, see 'users add --role"
            f" {signers[0]}'"
        )
