"""Sets by whose clock the moments of a page are told, for who was let through to it."""

from collections.abc import Callable
from datetime import UTC, tzinfo
from typing import TYPE_CHECKING, Final

from starlette.concurrency import run_in_threadpool
from starlette.routing import compile_path
from starlette.types import ASGIApp, Receive, Scope, Send

from server.study.time_zone import find_zone, read_zone_name
from server.web.paths import DOSE_CELL_PATH
from server.web.policy import is_page
from server.web.shown_moment import showing_in

if TYPE_CHECKING:
    from server.db.database import Database

ReadZone = Callable[[], tzinfo]

_CARD: Final = compile_path(DOSE_CELL_PATH)[0]  # what a page's script shows as it is told


class ShowsStudyTime:
    """For what people look at; programs are told UTC, and what sensors send waits for nothing."""

    def __init__(self, app: ASGIApp, read_zone: ReadZone) -> None:
        self._app = app
        self._read_zone = read_zone

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not _is_shown(scope["path"]):
            await self._app(scope, receive, send)
            return
        with showing_in(await run_in_threadpool(self._read_zone)):
            await self._app(scope, receive, send)


def _is_shown(path: str) -> bool:
    return is_page(path) or _CARD.fullmatch(path) is not None


def read_shown_zone(database: "Database") -> tzinfo:
    """The study's; UTC, as each moment says, where none is said or this machine knows no such."""
    with database.reading() as connection:
        name = read_zone_name(connection)
    return (None if name is None else find_zone(name)) or UTC


def read_utc_zone() -> tzinfo:
    """Of a site without a study."""
    return UTC
