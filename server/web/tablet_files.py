"""The tablet app's files and what its service worker keeps: path in the browser -> integrity."""

import base64
import hashlib
import posixpath
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Final

import msgspec

from server.web.lean import make_lean
from server.web.vendored import VENDOR, VENDOR_PATH, read_specifiers

APP: Final = Path(__file__).parent / "tablet"
APP_PATH: Final = "/tablet/app"
MANIFEST_PATH: Final = "/tablet/manifest.webmanifest"
STATIC: Final = Path(__file__).parent / "static"
SERVICE_WORKER: Final = APP / "service_worker.js"
SHARED: Final = (
    "ageing.js", "connection.js", "delay.js", "elapsed.js", "local_page.js", "local_text.js",
    "plural_forms.js", "self_test_checks.js", "self_test_clock.js", "self_test_result.js",
    "self_test_sound.js", "translate.js",
)  # fmt: skip
_STATIC_IMPORT: Final = re.compile(
    r"""(?:^|;|})\s*(?:import|export)\b[^"'();]*?from\s*["']([^"']+)["']""", re.M
)
KEPT: Final = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".woff2": "font/woff2",
}


@cache
def list_app_files() -> dict[str, Path]:
    """Browser path -> file, of everything that the app is made of, in a fixed order."""
    return dict(sorted(_walk()))


def _walk() -> Iterator[tuple[str, Path]]:
    for path in APP.rglob("*"):
        if path.suffix in KEPT and path != SERVICE_WORKER:
            yield f"{APP_PATH}/{path.relative_to(APP).as_posix()}", path
    for path in VENDOR.iterdir():
        if path.suffix in KEPT:
            yield f"{VENDOR_PATH}/{path.name}", path
    for name in SHARED:
        yield f"/static/{name}", STATIC / name


def read_served(path: str) -> bytes:
    """What a browser gets for a browser path of `list_app_files`."""
    file = list_app_files()[path]
    if path.startswith(APP_PATH) and file.suffix == ".js":
        return make_lean(file.read_text(encoding="utf-8")).encode()
    return file.read_bytes()


@cache
def list_start_modules() -> tuple[str, ...]:
    """Browser paths of what main.js imports, directly or not: loaded before anything is shown.

    What is imported with `import()` comes later and isn't in it.
    """
    return walk_modules(f"{APP_PATH}/main.js", list_app_files())


def walk_modules(start: str, files: Mapping[str, Path]) -> tuple[str, ...]:
    """Browser paths of a module and of all that it imports, directly or not."""
    specifiers = read_specifiers()
    found: dict[str, None] = {}
    ahead = [start]
    while ahead:
        path = ahead.pop()
        if path in found:
            continue
        found[path] = None
        for name in _STATIC_IMPORT.findall(files[path].read_text(encoding="utf-8")):
            local = posixpath.normpath(posixpath.join(posixpath.dirname(path), name))
            ahead.append(specifiers.get(name, local if name.startswith(".") else name))
    return tuple(sorted(found))


def compute_integrity(content: bytes) -> str:
    """As a browser's `integrity` option writes it."""
    return f"sha256-{base64.b64encode(hashlib.sha256(content).digest()).decode()}"


def render_service_worker(pages: dict[str, bytes]) -> str:
    """The worker with its list in front: other content, other worker, and it is brought anew.

    Args:
        pages: browser path -> content of what isn't a file: the page and the manifest.
    """
    kept = {path: compute_integrity(read_served(path)) for path in list_app_files()}
    return render_worker("tablet", pages, kept)


def render_worker(app: str, pages: Mapping[str, bytes], kept: Mapping[str, str]) -> str:
    """The same for an app of another name, which keeps other files (path -> integrity)."""
    listed = {path: compute_integrity(content) for path, content in pages.items()} | dict(kept)
    version = hashlib.sha256(msgspec.json.encode(listed)).hexdigest()[:16]
    head = f"const VERSION = {msgspec.json.encode(version).decode()};\n"
    head += f"const PRECACHE = {msgspec.json.encode(listed).decode()};\n"
    head += f'const APP = "{app}";\n'
    return head + make_lean(SERVICE_WORKER.read_text(encoding="utf-8"))
