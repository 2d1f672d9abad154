"""What is exchanged in a practice, and what its page may do."""

import json
import re
from pathlib import Path

import pytest

from server.web.security_headers import build_content_security_policy
from server.web.tablet_files import list_app_files, list_start_modules
from server.web.tablet_practice import (
    DOUBLES,
    EXCHANGED,
    PRACTICE_PATH,
    load_practice_import_map,
    render_practice_page,
)
from server.web.vendored import load_import_map

EXPORTS = re.compile(r"^export (?:async )?(?:const|let|function|class) (\w+)", re.MULTILINE)
PASSED_ON = re.compile(r"^export \{([^}]*)\}", re.MULTILINE)
# Modules that reach outside a page; each one is exchanged, or stands here with its reason.
REACHING = re.compile(
    r"\bfetch\(|\bEventSource\(|\bsendBeacon\b|\bWebSocket\(|\bopenDB\(|XMLHttpRequest"
)
STAYS = {
    "/tablet/app/practice/shell/begin.js": "runs in the evening's app",
    "/tablet/app/practice/shell/stores.js": "the practice's own",
    "/static/self_test_clock.js": "asked where tablets are enrolled, and in a practice none is",
    "/tablet/app/shell/own_entries.js": "asked where a tablet is revoked; in a practice none is",
    "/static/translate.js": "in English it asks for nothing; else the policy refuses it",
}


def list_exports(path: str) -> set[str]:
    text = list_app_files()[path].read_text(encoding="utf-8")
    passed_on = {name.strip() for names in PASSED_ON.findall(text) for name in names.split(",")}
    return set(EXPORTS.findall(text)) | passed_on


@pytest.mark.parametrize("real", sorted(EXCHANGED))
def test_a_double_has_all_that_it_stands_for(real: str) -> None:
    assert list_exports(real)
    assert list_exports(real) <= list_exports(EXCHANGED[real])


def test_whatever_reaches_outside_is_exchanged() -> None:
    scripts = [path for path in list_app_files() if path.endswith(".js") and "/vendor/" not in path]
    reaching = {path for path in scripts if REACHING.search(read_code(list_app_files()[path]))}
    assert {"/tablet/app/shell/api.js", "/tablet/app/shell/database.js"} <= reaching
    assert reaching - set(EXCHANGED) == set(STAYS)


def read_code(path: Path) -> str:
    """Without lines of comment."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return "\n".join(line for line in lines if not line.lstrip().startswith(("//", "*", "/*")))


def test_the_map_has_every_double_in_its_place_and_a_double_sees_the_real_one() -> None:
    told = json.loads(load_practice_import_map())
    assert told["imports"] == json.loads(load_import_map())["imports"] | EXCHANGED
    assert told["scopes"] == {double: {real: real} for real, double in EXCHANGED.items()}


def test_the_page_says_practice_and_carries_its_map_byte_for_byte() -> None:
    page = render_practice_page()
    assert "<title>PRACTICE · doseline</title>" in page
    assert re.findall(r'<script type="importmap">(.*?)</script>', page) == [
        load_practice_import_map()
    ]
    assert f'src="{DOUBLES}/main.js"' in page
    for path in re.findall(r'(?:src|href)="(/(?:static|tablet/app)/[^"]+)"', page):
        assert path in list_app_files()


def test_the_practice_costs_the_evening_nothing() -> None:
    assert not [path for path in list_start_modules() if path.startswith(DOUBLES)]


def test_a_page_that_asks_nobody_may_still_load_its_own_scripts() -> None:
    asks, silent = (build_content_security_policy(may_connect=may) for may in (True, False))
    assert "connect-src 'self'" in asks
    assert silent == asks.replace("connect-src 'self'", "connect-src 'none'")
    assert PRACTICE_PATH == "/tablet/practice/"
