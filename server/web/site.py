"""Everything that people look at, put onto an app: pages, their files, the live stream."""

from fastapi import FastAPI

from server.live.api import RequireSession, build_live_router
from server.live.viewers import Viewers
from server.people.api import admit_everybody, build_people_router
from server.people.session_watch import SessionWatch
from server.people.sign_in import SignIn
from server.tablets.current import NoTablets
from server.tablets.registry import TabletRegistry
from server.web.access_control import AccessControl, FindParticipant, find_nobody
from server.web.catalogue_file import build_catalogue_router
from server.web.language_page import build_language_router
from server.web.own_app import build_own_app_router
from server.web.pages import build_pages_router, build_static_mount
from server.web.security_headers import SecurityHeaders
from server.web.sign_in_page import build_sign_in_pages_router
from server.web.speaking import SpeaksTheirLanguage
from server.web.study_clock import ReadZone, ShowsStudyTime, read_utc_zone
from server.web.tablet_app import build_tablet_router
from server.web.tablet_practice import load_practice_import_map
from server.web.vendored import load_import_map


def add_site(
    app: FastAPI,
    viewers: Viewers,
    sign_in: SignIn,
    require_session: RequireSession,
    find_participant: FindParticipant = find_nobody,
    read_zone: ReadZone = read_utc_zone,
    tablets: TabletRegistry | None = None,
) -> None:
    """Mount it, and put the access control before every route of the app.

    `require_session` raises NotFoundError for an id that is no session; by the clock of `read_zone`
    pages tell moments. Whoever stops the server
    calls `app.state.viewers.close()` first.
    """
    sign_ins = SessionWatch(sign_in.keep_going_on)
    admit = admit_everybody if tablets is None else tablets.admit
    app.include_router(build_people_router(sign_in, admit))
    app.include_router(build_live_router(viewers, sign_ins, require_session))
    app.include_router(build_pages_router())
    app.include_router(build_sign_in_pages_router(sign_in, admit))
    app.include_router(build_catalogue_router())
    app.include_router(build_language_router())
    app.include_router(build_tablet_router())
    app.include_router(build_own_app_router())
    app.router.routes.append(build_static_mount())
    # Inside the app's error handling, where user middleware can't stand.
    inside = ShowsStudyTime(app.router.middleware_stack, read_zone)
    known = NoTablets() if tablets is None else tablets
    app.router.middleware_stack = AccessControl(inside, sign_in.find, find_participant, known)
    app.add_middleware(SpeaksTheirLanguage)
    app.add_middleware(SecurityHeaders, import_maps=(load_import_map(), load_practice_import_map()))
    app.state.viewers = viewers
