import re

import pytest

from server.web.contexts import (
    HomePageContext,
    Link,
    LivePageContext,
    PageContext,
    SignInPageContext,
)
from server.web.pages import STATIC, render

HOSTILE = '/a"><script>x</script>'
CONTEXTS: list[PageContext] = [
    LivePageContext("en", HOSTILE, HOSTILE),
    SignInPageContext("en", HOSTILE, HOSTILE, HOSTILE),
    HomePageContext("en", HOSTILE, HOSTILE, [Link(HOSTILE, HOSTILE)]),
]
PAGE = render(CONTEXTS[0])


@pytest.mark.parametrize("context", CONTEXTS, ids=lambda c: c.template)
def test_f4_values_are_escaped(context: PageContext) -> None:
    page = render(context)
    assert "<script>x" not in page
    assert "&#34;&gt;&lt;script&gt;" in page


def test_the_page_says_its_language_and_works_out_what_to_say_without_script() -> None:
    assert '<html lang="en" dir="ltr">' in PAGE
    assert "<noscript>" in PAGE


@pytest.mark.parametrize("context", CONTEXTS, ids=lambda c: c.template)
def test_nothing_inline_and_nothing_from_elsewhere(context: PageContext) -> None:
    page = render(context).replace("/a&#34;&gt;&lt;script&gt;x&lt;/script&gt;", "/sign-in")
    assert not re.search(r"<style|style=|\son\w+=|<script(?![^>]* src=)", page)
    assert not re.search(
        r"(src|href|action)=\"(?!/(static/|sign-in|sign-out|language|tablet/app/styles/fonts))",
        page,
    )


def test_scripts_build_no_html_from_strings() -> None:
    for script in STATIC.glob("*.js"):
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|eval\(", script.read_text())


def test_all_that_the_page_loads_is_there() -> None:
    for name in re.findall(r"/static/([\w./-]+)", PAGE):
        assert (STATIC / name).is_file()


def list_loaded() -> set[str]:
    """What the live page asks for: its own files and whatever these import."""
    waiting, found = set(re.findall(r"/static/([\w./-]+)", PAGE)), set[str]()
    while waiting:
        name = waiting.pop()
        found.add(name)
        text = (STATIC / name).read_text() if name.endswith(".js") else ""
        waiting |= set(re.findall(r'from "\./([\w./-]+)"', text)) - found
    return found


def test_the_live_bundle_is_small() -> None:
    """ux, acceptance 9: at most 60 kB compressed; ours isn't even that much uncompressed."""
    loaded = list_loaded()
    assert {"live.js", "tiles.js", "translate.js", "live.css"} <= loaded
    assert sum((STATIC / name).stat().st_size for name in loaded) < 60_000
