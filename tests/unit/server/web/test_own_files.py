"""What the participant's view is made of."""

import json
import re

from server.web.lean import pack
from server.web.own_app import render_own_page, render_own_worker
from server.web.own_files import list_kept, list_own_files, list_own_modules, read_own_served

# Of the tablet's: what touches store, network and words. Its state is a trainer's, of everybody.
TAKEN = re.compile(
    r"/tablet/app/(core|shell|vendor|pictures)/|/tablet/app/(html|screens/picture|screens/set_words|screens/language_key)\.js"
)


def test_the_scripts_are_small() -> None:
    """As the tablet's: at most 60 kB compressed, each file by itself."""
    assert sum(len(pack(read_own_served(path))) for path in list_own_modules()) <= 60_000


def test_every_script_of_its_own_is_part_of_it() -> None:
    scripts = {path for path in list_own_files() if path.endswith(".js")}
    assert scripts <= set(list_own_modules())


def test_it_takes_nothing_of_a_trainers_state() -> None:
    taken = [path for path in list_own_modules() if path.startswith("/tablet/app/")]
    assert [path for path in taken if not TAKEN.match(path)] == []
    assert not any("/state/" in path or "/core/fold/" in path for path in taken)


def test_its_worker_keeps_all_of_it_under_a_name_of_its_own() -> None:
    worker = render_own_worker()
    assert 'const APP = "own";' in worker
    found = re.search(r"^const PRECACHE = (.*);$", worker, re.M)
    assert found is not None
    kept = json.loads(found[1])
    assert set(kept) == {*list_kept(), "/me/", "/me/manifest.webmanifest", "/catalogue/fa.json"}
    persian = {"local_page.js", "local_text.js", "plural_forms.js"}  # and its letters
    assert {f"/static/{name}" for name in persian} <= set(kept)
    assert sum(path.endswith(".woff2") for path in kept) == 2
    assert set(list_own_modules()) <= set(kept)
    assert sum(path.endswith(".svg") and "/pictures/" in path for path in kept) >= 39


def test_the_page_is_about_nobody() -> None:
    assert not re.search(r"\bP\d\d\b", render_own_page())


def test_its_styles_have_no_left_and_right() -> None:
    """Right-to-left mirrors it by itself."""
    styles = b"".join(read_own_served(p) for p in list_own_files() if p.endswith(".css")).decode()
    assert re.findall(r"(?:margin|padding|border|inset)?-?(?:left|right)\s*:", styles) == []
