"""The files of the participant's own view: its own, and what it takes of the tablet's."""

from functools import cache
from pathlib import Path
from typing import Final

from server.web.lean import make_lean
from server.web.tablet_files import APP_PATH, KEPT, list_app_files, read_served, walk_modules

OWN_APP: Final = Path(__file__).parent / "own"
OWN_APP_PATH: Final = "/me/app"
_SHOWN: Final = ("pictures/", "icons/icon", "vendor/atkinson-next", "vendor/vazirmatn")
# Of the tablet's, besides its modules:
_STYLES: Final = (f"{APP_PATH}/styles/tokens.css", f"{APP_PATH}/styles/fonts.css")
# What another language than the sources' needs besides its catalogue; translate.js brings it then.
_LOCAL_PAGE: Final = "/static/local_page.js"


@cache
def list_own_files() -> dict[str, Path]:
    """Browser path -> file, of what lies under /me/ alone."""
    paths = (path for path in OWN_APP.rglob("*") if path.suffix in KEPT)
    found = {f"{OWN_APP_PATH}/{path.relative_to(OWN_APP).as_posix()}": path for path in paths}
    return dict(sorted(found.items()))


@cache
def list_own_modules() -> tuple[str, ...]:
    """Browser paths of every script that the view is made of, the tablet's among them."""
    return walk_modules(f"{OWN_APP_PATH}/main.js", {**list_app_files(), **list_own_files()})


@cache
def list_own_styles() -> tuple[str, ...]:
    """Browser paths of its style sheets; colours and letters are the tablet's, named once."""
    return (*_STYLES, *(path for path in list_own_files() if path.endswith(".css")))


@cache
def list_kept() -> tuple[str, ...]:
    """Everything that its service worker keeps."""
    shown = (
        path
        for path in list_app_files()
        if any(path.startswith(f"{APP_PATH}/{part}") for part in _SHOWN)
        and not path.endswith(".js")
    )
    local = walk_modules(_LOCAL_PAGE, list_app_files())
    kept = {*list_own_files(), *list_own_modules(), *list_own_styles(), *shown, *local}
    return tuple(sorted(kept))


def read_own_served(path: str) -> bytes:
    """What a browser gets for a path of `list_kept`."""
    file = list_own_files().get(path)
    if file is None:
        return read_served(path)
    if file.suffix == ".js":
        return make_lean(file.read_text(encoding="utf-8")).encode()
    return file.read_bytes()
