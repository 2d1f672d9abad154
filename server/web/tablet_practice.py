"""`/tablet/practice/`: the tablet's own app, rehearsed; the page carries what is exchanged for it.

Every screen is the real one. An import map puts a double in the place of each module that would
reach the server, the tablet's own store or its clock, so that a rehearsal never loads those.
"""

from functools import cache
from typing import Final

import msgspec
from markupsafe import Markup

from server.web.catalogue.catalogue import SOURCE_LANGUAGE, load_catalogue
from server.web.contexts import AppPageContext
from server.web.pages import render
from server.web.tablet_files import APP_PATH, MANIFEST_PATH, list_app_files
from server.web.vendored import read_specifiers

PRACTICE_PATH: Final = "/tablet/practice/"
DOUBLES: Final = f"{APP_PATH}/practice"
# Browser path of a module -> of what stands in its place while somebody practises.
EXCHANGED: Final = {
    f"{APP_PATH}/shell/api.js": f"{DOUBLES}/shell/api.js",
    f"{APP_PATH}/shell/database.js": f"{DOUBLES}/shell/database.js",
    f"{APP_PATH}/shell/handover.js": f"{DOUBLES}/shell/handover.js",
    f"{APP_PATH}/shell/outbox_file.js": f"{DOUBLES}/shell/outbox_file.js",
    f"{APP_PATH}/shell/pin.js": f"{DOUBLES}/shell/pin.js",
    f"{APP_PATH}/shell/time.js": f"{DOUBLES}/shell/time.js",
    "/static/connection.js": f"{DOUBLES}/shell/connection.js",
    f"{APP_PATH}/screens/effort_where.js": f"{DOUBLES}/screens/effort_where.js",
    f"{APP_PATH}/screens/practice_key.js": f"{DOUBLES}/screens/practice_key.js",
    f"{APP_PATH}/state/enrolment.js": f"{DOUBLES}/state/enrolment.js",
    f"{APP_PATH}/state/returning.js": f"{DOUBLES}/state/returning.js",
}


@cache
def load_practice_import_map() -> str:
    """The JSON text of the page's import map: a double itself still sees what it stands for."""
    scopes = {double: {real: real} for real, double in EXCHANGED.items()}
    imports = read_specifiers() | EXCHANGED
    return msgspec.json.encode({"imports": imports, "scopes": scopes}).decode()


def say_without_scripts() -> str:
    """Where JavaScript is off: in English, as the page is the same for everybody."""
    t = load_catalogue(SOURCE_LANGUAGE).t
    return t("The tablet app needs JavaScript, and JavaScript is off. Turn it on for this address.")


@cache
def render_practice_page() -> str:
    """The same for everybody, so that a service worker may keep it."""
    own = (f"{APP_PATH}/styles/", f"{DOUBLES}/practice.css")
    return render(
        AppPageContext(
            language="en",
            title="PRACTICE · doseline",
            manifest=MANIFEST_PATH,
            script=f"{DOUBLES}/main.js",
            without_scripts=say_without_scripts(),
            import_map=Markup(load_practice_import_map()),  # noqa: S704 - generated
            modules=[],  # what is kept on the tablet needs no order of loading
            styles=[path for path in list_app_files() if path.startswith(own)],
        )
    )
