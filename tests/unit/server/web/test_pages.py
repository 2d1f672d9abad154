import re

from server.web.contexts import LivePageContext
from server.web.pages import STATIC, render

PAGE = render(LivePageContext(language="en", stream_path='/a"><script>x</script>'))


def test_values_are_escaped() -> None:
    assert "<script>x" not in PAGE
    assert "&#34;&gt;&lt;script&gt;" in PAGE


def test_the_page_says_its_language_and_works_out_what_to_say_without_script() -> None:
    assert '<html lang="en">' in PAGE
    assert "<noscript>" in PAGE


def test_nothing_inline_and_nothing_from_elsewhere() -> None:
    assert not re.search(r"<style|style=|\son\w+=|<script(?![^>]* src=)", PAGE)
    assert not re.search(r"(src|href)=\"(?!/static/)", PAGE)


def test_scripts_build_no_html_from_strings() -> None:
    for script in STATIC.glob("*.js"):
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|eval\(", script.read_text())


def test_all_that_the_page_loads_is_there() -> None:
    for name in re.findall(r"/static/([\w./-]+)", PAGE):
        assert (STATIC / name).is_file()


def test_the_live_bundle_is_small() -> None:
    """ux, acceptance 9: at most 60 kB compressed; ours isn't even that much uncompressed."""
    loaded = [path for path in STATIC.iterdir() if path.suffix in {".js", ".css", ".svg"}]
    assert sum(path.stat().st_size for path in loaded) < 60_000
