"""The pure modules of a practice, called one by one where they run: in Chromium."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from playwright.sync_api import Browser

from tests.browser.tablet_site import TabletSite

Run = Callable[..., Any]
CALL: Final = """
async ([module, name, given]) => {
  const loaded = await import(`/tablet/app/practice/${module}.js`);
  return loaded[name](...given);
}
"""


@contextmanager
def open_modules(chromium: Browser) -> Iterator[Run]:
    """`run(module, name, *arguments)`: one call of one exported function."""
    site = TabletSite()
    site.start()
    context = chromium.new_context()
    page = context.new_page()
    page.goto(site.url + "/tablet/")
    yield lambda module, name, *given: page.evaluate(CALL, [module, name, list(given)])
    context.close()
    site.stop()
