"""What every page on derived numbers reads beside them: signs, straps, and of when they are."""

from collections.abc import Mapping
from typing import Final

from sqlalchemy import Connection

from server.errors import NotFoundError, NotWorkedOutYetError, ServerError
from server.projection.derived_study import Standing
from server.study.participants import read_participants

PAGE_WAIT_S: Final = 0.7  # a page waits a moment for numbers, not longer


def read_signs(connection: Connection) -> dict[str, str]:
    """Everybody's, by code."""
    return {one.code: one.sign for one in read_participants(connection)}


def date_standing(standing: Standing, built: Mapping[str, int]) -> Standing:
    """Before a round has ended, numbers are of when the newest of them was worked out."""
    if standing.as_of_wall_ns is not None:
        return standing
    newest = max(built.values(), default=None)
    return Standing(newest, standing.is_behind, standing.has_failed)


def name_absence(standing: Standing, participant: str, session: str) -> ServerError:
    """Why a person's numbers aren't there: not yet, while a round goes on; else not at all."""
    who = f"{participant[:16]!r} in session {session[:64]!r}"
    if standing.is_behind:
        return NotWorkedOutYetError(f"the numbers of {who} are still being worked out; ask again")
    return NotFoundError(f"nothing was worked out of {who}")
