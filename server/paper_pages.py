"""The composition root's part of the pages about an evening on paper, and of what contradicts."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from fastapi import FastAPI

from server.first_use import FirstUse
from server.web.copy_page import build_copy_router
from server.web.dispute_page import build_dispute_router
from server.web.sheet_page import build_sheet_router

if TYPE_CHECKING:
    from server.sessions.service import SessionService
    from server.storage import Storage
    from server.web.copy_desk import CopyDesk
    from server.web.dispute_desk import DisputeDesk


def add_paper_pages(
    app: FastAPI,
    storage: "Storage",
    open_sessions: "Callable[[], SessionService]",
    wall_ns: Callable[[], int],
) -> None:
    """Each desk is opened with the first request."""

    def open_copy() -> "CopyDesk":
        from server.web.copy_desk import CopyDesk

        return CopyDesk(storage.database, open_sessions(), wall_ns)

    def open_disputes() -> "DisputeDesk":
        from server.web.dispute_desk import DisputeDesk

        return DisputeDesk(storage.database, open_sessions(), wall_ns)

    app.include_router(build_sheet_router(storage.database, wall_ns))
    app.include_router(build_copy_router(FirstUse(open_copy)))
    app.include_router(build_dispute_router(FirstUse(open_disputes)))
