import json
import re

import pytest

from server.web.tablet_app import render_manifest, render_page
from server.web.tablet_files import APP, APP_PATH, list_app_files
from server.web.vendored import load_import_map

PAGE = render_page()


def test_the_import_map_stands_in_the_page_byte_for_byte() -> None:
    """Its hash in the policy is of this text."""
    assert re.findall(r'<script type="importmap">(.*?)</script>', PAGE) == [load_import_map()]


def test_nothing_else_is_inline_and_nothing_comes_from_elsewhere() -> None:
    without_map = re.sub(r'<script type="importmap">.*?</script>', "", PAGE)
    assert not re.search(r"<style|style=|\son\w+=|<script(?![^>]* src=)", without_map)
    assert not re.search(r'(src|href)="(?!/static/|/tablet/)', without_map)


def test_all_that_the_page_loads_is_there() -> None:
    for path in re.findall(r'(?:src|href)="(/(?:static|tablet/app)/[^"]+)"', PAGE):
        assert path in list_app_files()


def test_the_page_says_what_to_do_without_javascript() -> None:
    assert "<noscript>" in PAGE


@pytest.mark.parametrize("icon", json.loads(render_manifest())["icons"], ids=lambda i: i["sizes"])
def test_the_manifest_names_icons_that_are_there(icon: dict[str, str]) -> None:
    assert (APP / icon["src"].removeprefix(APP_PATH + "/")).is_file()


def test_the_app_can_be_installed() -> None:
    manifest = json.loads(render_manifest())
    assert (manifest["start_url"], manifest["scope"]) == ("/tablet/", "/tablet/")
    assert manifest["display"] == "standalone"
