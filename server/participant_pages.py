"""The composition root's part of participants' own view, and of the pages that open it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from fastapi import FastAPI

from server.first_use import FirstUse
from server.participant_access.access import ParticipantAccess
from server.participant_access.pins import ParticipantPins
from server.people.hashing import HashingDesk
from server.study.participants import find_participant
from server.web.cards_page import build_cards_router
from server.web.next_day_page import build_next_day_router
from server.web.own_api import build_own_router

if TYPE_CHECKING:
    from server.sessions.service import SessionService
    from server.storage import Storage
    from server.web.cards_desk import CardsDesk
    from server.web.own_desk import OwnDesk


def add_participant_pages(
    app: FastAPI,
    storage: "Storage",
    hashing: HashingDesk,
    open_sessions: "Callable[[], SessionService]",
    wall_ns: Callable[[], int],
) -> ParticipantAccess:
    """Put them onto an app; who is behind a participant's cookie, for the access control.

    `hashing` is the one that staff sign in by: at most two hashes at once, whoever's they are.
    """
    access = ParticipantAccess(storage.database, find_participant, wall_ns=wall_ns)
    pins = ParticipantPins(storage.database, hashing)

    def open_own() -> "OwnDesk":
        from server.web.own_desk import OwnDesk

        return OwnDesk(storage.database, pins, open_sessions, wall_ns)

    def open_cards() -> "CardsDesk":
        from server.web.cards_desk import CardsDesk

        return CardsDesk(storage.database, access, pins)

    app.include_router(build_own_router(access, pins, FirstUse(open_own)))
    app.include_router(build_cards_router(FirstUse(open_cards)))
    app.include_router(build_next_day_router(storage.database, wall_ns))
    return access
