"""The composition root's part of tablets: which are the study's, and the page that keeps them."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from fastapi import FastAPI

from server.first_use import FirstUse
from server.people.sign_in import SignIn
from server.tablets.api import build_tablets_router
from server.tablets.registry import TabletRegistry
from server.web.tablets_page import build_tablets_page_router

if TYPE_CHECKING:
    from server.storage import Storage
    from server.tablets.last_entries import LastEntries
    from server.web.tablets_desk import TabletsDesk


def add_tablet_pages(
    app: FastAPI, storage: "Storage", sign_in: SignIn, wall_ns: Callable[[], int]
) -> TabletRegistry:
    """Put them onto an app; which tablets there are, for the access control."""
    registry = TabletRegistry(storage.database, wall_ns=wall_ns)

    def open_last_entries() -> "LastEntries":
        from server.tablets.last_entries import LastEntries

        return LastEntries(storage.database, wall_ns)

    last_entries = FirstUse(open_last_entries)

    def open_desk() -> "TabletsDesk":
        from server.web.tablets_desk import TabletsDesk

        return TabletsDesk(storage.database, registry, last_entries(), sign_in)

    app.include_router(build_tablets_router(registry, last_entries))
    app.include_router(build_tablets_page_router(FirstUse(open_desk)))
    return registry
