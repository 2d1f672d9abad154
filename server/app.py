"""The composition root: opened storage in, an ASGI application out."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Final

from fastapi import FastAPI

from server.background import Work, keep_running, repeat_in_thread
from server.certificates.condition import name_condition, read_utc
from server.db.disk import watch_disk
from server.derived_pages import add_derived_pages
from server.export.api import build_exports_router
from server.first_use import FirstUse
from server.gateways.api import build_gateways_router
from server.gateways.authentication import TokenReader
from server.gateways.enrolment import find_gateway
from server.gateways.roster import read_straps
from server.ingest.api import Ingest, build_ingest_router
from server.jobs.shelf import clear_shelves
from server.live.hub import LiveHub, RosterReader
from server.live.tile_view import StrapCard
from server.live.viewers import Viewers
from server.participant_pages import add_participant_pages
from server.people.current import current_person
from server.people.hashing import HashingDesk
from server.people.sign_in import SignIn
from server.sessions.api import build_sessions_router
from server.sessions.audit_watch import STOP_WITHIN_S, verify_regularly
from server.study.api import build_study_router
from server.tablet_pages import add_tablet_pages
from server.web.address_page import build_address_router
from server.web.cross_site import CrossSiteRefusal
from server.web.errors import add_problem_responses
from server.web.health import build_health_router
from server.web.limits_page import build_limits_router
from server.web.loopback_names import LoopbackNames
from server.web.self_test_page import build_self_test_router
from server.web.site import add_site
from server.web.strap_labels import build_labels_router
from server.web.study_clock import read_shown_zone
from server.web.study_page import build_study_pages_router
from server.web.tablet_bundle_route import build_bundle_router
from server.web.token_scope import GatewayTokenScope
from server.web.trust_page import build_trust_router
from server.workshops import Workshops

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from server.certificates.served import SecureAddress
    from server.projection.derived_study import DerivedStudy
    from server.sessions.service import SessionService
    from server.sessions.worn_now import WornNow
    from server.storage import Storage
    from server.study.service import StudyService
    from server.web.limits_desk import LimitsDesk
    from server.web.tablet_bundle import BundleReader

WORK_OUT_EVERY_S: Final = 60.0


def create_app(
    storage: "Storage",
    backing_up: Work | None = None,
    wall_ns: Callable[[], int] = time.time_ns,
    address: "SecureAddress | None" = None,
) -> FastAPI:
    """The whole server over an opened study; whoever opened it closes it.

    `wall_ns` is the UTC that it tells tablets and folds sessions by; `address` its certificate.
    """
    open_worn = FirstUse(partial(_open_worn, storage, wall_ns))
    roster = _roster_reader(storage)
    hub = LiveHub(storage.feed, roster, Viewers(), read_worn=lambda ids: open_worn().read(ids))
    open_derived = FirstUse(partial(_open_derived, storage, wall_ns))
    workshops = Workshops(storage, open_derived, wall_ns)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        await asyncio.to_thread(clear_shelves, storage.directory.path)
        async with hub.running():
            work = _list_work(storage, backing_up, open_derived, workshops)
            running = [keep_running(name, one) for name, one in work.items() if one is not None]
            tasks = [asyncio.create_task(one) for one in running]
            yield
            await _stop(tasks)
            if (derived := open_derived.peek()) is not None:
                await asyncio.to_thread(derived.close)

    app = _make_empty(lifespan)
    tokens = _token_reader(storage)
    ingest = Ingest(storage.writer, tokens, storage.contacts, storage.metrics)
    app.include_router(build_ingest_router(ingest))
    app.include_router(build_gateways_router(storage.database, tokens))
    open_sessions = FirstUse(partial(_open_sessions, storage, wall_ns))
    app.include_router(build_sessions_router(open_sessions, current_person))
    _add_address(app, storage, address, wall_ns)
    note_refusal = storage.refusals.note
    app.add_middleware(GatewayTokenScope, note_refusal=note_refusal)
    app.add_middleware(LoopbackNames, note_refusal=note_refusal, read_also=_name_reader(address))
    app.add_middleware(CrossSiteRefusal, note_refusal=note_refusal)
    app.include_router(build_bundle_router(FirstUse(partial(_open_bundle, storage, wall_ns))))
    sign_in = SignIn(storage.database, hashing := HashingDesk(), wall_ns=wall_ns)
    access = add_participant_pages(app, storage, hashing, open_sessions, wall_ns)
    app.include_router(build_labels_router(storage.database))
    app.include_router(build_limits_router(FirstUse(partial(_open_limits, storage, sign_in))))
    _add_study(app, storage, wall_ns)
    app.include_router(build_exports_router(storage.database))
    workshops.add_pages(app)
    add_derived_pages(app, storage, open_derived, open_sessions, wall_ns)
    tablets = add_tablet_pages(app, storage, sign_in, wall_ns)
    known = (access.find, partial(read_shown_zone, storage.database), tablets)
    add_site(app, hub.viewers, sign_in, lambda one: open_worn().require(one), *known)
    add_problem_responses(app, note_refusal)
    return app


def _make_empty(lifespan: Callable[[FastAPI], AbstractAsyncContextManager[None]]) -> FastAPI:
    return FastAPI(
        title="doseline",
        lifespan=lifespan,
        version="1",
        openapi_url="/api/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
    )


def _add_study(app: FastAPI, storage: "Storage", wall_ns: Callable[[], int]) -> None:
    open_study = FirstUse(partial(_open_study, storage, wall_ns))
    app.include_router(build_study_router(open_study))
    app.include_router(build_study_pages_router(open_study))


def _name_reader(address: "SecureAddress | None") -> Callable[[], frozenset[str]]:
    """What its certificate names, now: a renewed one may name more."""
    return lambda: frozenset() if address is None else frozenset(address.certificate.names.tell())


def _add_address(
    app: FastAPI,
    storage: "Storage",
    address: "SecureAddress | None",
    wall_ns: Callable[[], int],
) -> None:
    """What is told of the server itself: its health, its certificate, what a device can do here."""

    def read_end() -> datetime | None:
        return None if address is None else address.certificate.ends

    health = build_health_router(
        storage.writer,
        storage.registry,
        storage.ballast,
        storage.audit,
        lambda: name_condition(read_end(), read_utc(wall_ns())),
    )
    app.include_router(health)
    app.include_router(build_trust_router(address))
    app.include_router(build_address_router(address, wall_ns))
    app.include_router(build_self_test_router(wall_ns))


async def _stop(tasks: list[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks, timeout=STOP_WITHIN_S)


def _list_work(
    storage: "Storage",
    backing_up: Work | None,
    open_derived: "Callable[[], DerivedStudy]",
    workshops: Workshops,
) -> dict[str, Work | None]:
    """What goes on in the background, by what the log calls it."""
    return {
        "watching the disk": partial(watch_disk, storage.directory.path, storage.ballast),
        "backing up": backing_up,
        "verifying the ledger": partial(verify_regularly, storage.database, storage.audit),
        "working out dose": partial(_work_out_dose, open_derived),
        **workshops.list_work(),
    }


def _open_sessions(storage: "Storage", wall_ns: Callable[[], int]) -> "SessionService":
    from server.safety.register import read_in_force
    from server.sessions.domain.signing_off import SIGN_OFF
    from server.sessions.ledger import read_newest_number
    from server.sessions.service import Marks, SessionService
    from server.study.participants import read_participants

    def read_codes(connection: "Connection") -> list[str]:
        return [one.code for one in read_participants(connection)]

    def read_marks() -> Marks:
        newest = storage.backups.read()
        with storage.database.reading() as connection:
            limits = read_in_force(connection)
            signoffs_n = read_newest_number(connection, SIGN_OFF)
        return Marks(
            backed_up=None if newest is None else newest.ledger_n,
            limits_sha256=None if limits is None else limits.sha256,
            signoffs_n=signoffs_n,
        )

    return SessionService(storage.writer, storage.database, read_codes, read_marks, wall_ns=wall_ns)


def _open_worn(storage: "Storage", wall_ns: Callable[[], int]) -> "WornNow":
    from server.sessions.worn_now import WornNow

    return WornNow(storage.database, wall_ns)


def _open_bundle(storage: "Storage", wall_ns: Callable[[], int]) -> "BundleReader":
    from server.web.tablet_bundle import BundleReader

    study = storage.directory.path.resolve().name
    return BundleReader(study, storage.database, storage.vault, wall_ns)


def _open_study(storage: "Storage", wall_ns: Callable[[], int]) -> "StudyService":
    from server.study.service import StudyService

    return StudyService(storage.database, wall_ns)


def _open_limits(storage: "Storage", sign_in: SignIn) -> "LimitsDesk":
    from server.web.limits_desk import LimitsDesk

    return LimitsDesk(storage.database, sign_in)


def _open_derived(storage: "Storage", wall_ns: Callable[[], int]) -> "DerivedStudy":
    from server.projection.derived_study import DerivedStudy

    return DerivedStudy(storage.database, storage.directory.path, wall_ns)


async def _work_out_dose(open_derived: "Callable[[], DerivedStudy]") -> None:
    """Closed sessions, so that a page needn't wait for them."""
    await repeat_in_thread("dose", lambda: open_derived().bring_up_to_date(), WORK_OUT_EVERY_S)


def _roster_reader(storage: "Storage") -> RosterReader:
    def read() -> list[StrapCard]:
        return [
            StrapCard(strap.serial, strap.model, strap.label, frozenset(strap.streams))
            for strap in read_straps(storage.database)
        ]

    return read


def _token_reader(storage: "Storage") -> TokenReader:
    def find(token: str) -> str | None:
        with storage.database.reading() as connection:
            return find_gateway(connection, token)

    return TokenReader(find)
