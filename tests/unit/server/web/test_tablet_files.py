import json
import re

import pytest

from server.web.lean import pack
from server.web.tablet_files import (
    APP,
    compute_integrity,
    list_app_files,
    list_start_modules,
    read_served,
    render_service_worker,
)

LATER = re.compile(r'\blazy\(\(\) => import\("([^"]+)"\), "(\w+)"')


def read_precache(worker: str) -> dict[str, str]:
    found = re.search(r"^const PRECACHE = (\{.*\});$", worker, re.MULTILINE)
    assert found is not None
    listed: dict[str, str] = json.loads(found[1])
    return listed


def test_everything_that_the_app_is_made_of_is_kept_for_later() -> None:
    listed = read_precache(render_service_worker({"/tablet/": b"page"}))
    assert set(listed) == {"/tablet/", *list_app_files()}
    for path in APP.rglob("*.js"):
        inside = f"/tablet/app/{path.relative_to(APP)}" in listed
        assert inside == (path.name != "service_worker.js")


def test_integrity_is_of_the_content() -> None:
    """Value from `openssl dgst -sha256 -binary | base64` of "hello"."""
    assert compute_integrity(b"hello") == "sha256-LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ="


def test_other_content_is_another_version() -> None:
    one, other = (render_service_worker({"/tablet/": page}) for page in (b"one", b"other"))
    versions = [re.findall(r'^const VERSION = "(\w+)"', worker)[0] for worker in (one, other)]
    assert versions[0] != versions[1]


def test_start_modules_are_what_main_imports_and_not_what_comes_later() -> None:
    modules = list_start_modules()
    assert "/tablet/app/main.js" in modules
    assert "/tablet/app/core/fold/fold.js" in modules
    assert "/tablet/app/vendor/preact.js" in modules
    assert "/static/translate.js" in modules
    assert "/tablet/app/vendor/uplot.js" not in modules
    assert "/tablet/app/screens/room.js" not in modules
    assert set(modules) <= set(list_app_files())


@pytest.mark.parametrize(
    "later",
    ["core/heart_median.js", "core/set_changes.js", "screens/resume.js", "state/attending.js",
     "state/effort_acts.js", "state/prescribing.js", "state/session_acts.js", "state/signing.js"],
)  # fmt: skip
def test_what_the_running_circuit_does_not_need_comes_later(later: str) -> None:
    assert f"/tablet/app/{later}" in list_app_files()
    assert f"/tablet/app/{later}" not in list_start_modules()


def test_what_comes_later_is_registered_once() -> None:
    screens = (APP / "screens").glob("*.js")
    named = [one for path in screens for one in LATER.findall(path.read_text("utf-8"))]
    assert len(named) > 30
    assert sorted(named) == sorted(set(named))


def test_modules_of_others_come_without_comments_too() -> None:
    assert b"// This is a function" not in read_served("/tablet/app/vendor/idb.js")


def test_the_live_scripts_are_small() -> None:
    """ux, acceptance 9: at most 60 kB compressed, each file by itself, as they go over the air."""
    sizes = {path: len(pack(read_served(path))) for path in list_start_modules()}
    assert sum(sizes.values()) <= 60_000


def test_the_reader_of_codes_comes_only_with_the_camera() -> None:
    late = {"/tablet/app/vendor/jsqr.js", "/tablet/app/demand/scanner.js"}
    assert late <= set(list_app_files())  # kept for when there is no network
    assert not late & set(list_start_modules())


def test_charts_come_only_when_somebody_looks() -> None:
    assert not any("uplot" in path for path in list_start_modules())


def test_pictures_are_kept_for_later_and_do_not_delay_the_start() -> None:
    kept = read_precache(render_service_worker({}))
    pictures = [path for path in kept if path.startswith("/tablet/app/pictures/")]
    assert len([path for path in pictures if path.endswith(".svg")]) >= 39
    assert not set(pictures) & set(list_start_modules())
    assert "/tablet/app/screens/picture.js" not in list_start_modules()
