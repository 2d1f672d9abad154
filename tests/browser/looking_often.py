"""Playwright as it is, looking more often: what it looks for is judged as before, only sooner.

It looks every 500 ms at what it may wait longer than 2.5 s for, and every 100 ms at other things. A
key that is shut for half a second, as those that come up under a hand, is looked at in each frame.
"""

import functools
import time
from collections.abc import Callable, Iterator
from typing import Any, Final

import pytest
from playwright.sync_api import Locator, Page
from playwright.sync_api import TimeoutError as PlaywrightTimeout
from playwright.sync_api._generated import LocatorAssertions

Wait = Callable[..., Any]

WAIT_MS: Final = 30_000  # Playwright's own, for actions and waits
EXPECT_MS: Final = 20_000  # how long a busy machine may take; nothing is judged by it
SLICE_MS: Final = 2_000
SHUT_MS: Final = 1_500  # longer than any key is: then Playwright says what is in the way
IS_SHUT: Final = "(key) => key.closest(':disabled, [aria-disabled=true]') !== null"
IS_OPEN: Final = "(key) => !key.isConnected || !key.closest(':disabled, [aria-disabled=true]')"


def look_often(patch: pytest.MonkeyPatch) -> None:
    """From now on, until the patch is undone."""
    patch.setattr(Locator, "wait_for", in_slices(Locator.wait_for, WAIT_MS))
    patch.setattr(Locator, "tap", when_open(Locator.tap))
    patch.setattr(Page, "wait_for_function", of_what_is_so(Page.wait_for_function))
    for name in _list_assertions():
        assertion = getattr(LocatorAssertions, name)
        patch.setattr(LocatorAssertions, name, in_slices(assertion, EXPECT_MS))


def _list_assertions() -> Iterator[str]:
    return (name for name in dir(LocatorAssertions) if name.startswith(("to_", "not_to_")))


def in_slices(wait: Wait, most_ms: float) -> Wait:
    """The same wait, begun again until it is over or `timeout` (default `most_ms`) has passed.

    What fails before its time is up, as a locator that fits two elements, fails at once.
    """

    @functools.wraps(wait)
    def wait_in_slices(self: Any, *given: Any, timeout: float | None = None, **how: Any) -> Any:
        left_ms = most_ms if timeout is None else timeout
        while left_ms > SLICE_MS:
            begun_s = time.monotonic()
            try:
                return wait(self, *given, timeout=SLICE_MS, **how)
            except (PlaywrightTimeout, AssertionError):
                passed_ms = 1000 * (time.monotonic() - begun_s)
                if passed_ms < 0.95 * SLICE_MS:
                    raise
                left_ms -= passed_ms
        return wait(self, *given, timeout=max(left_ms, 1), **how)  # 0 would be for ever

    return wait_in_slices


def of_what_is_so(wait: Wait) -> Wait:
    """The same wait; one for a promise is over at once, as a promise is something."""

    @functools.wraps(wait)
    def wait_for_what_is_so(page: Page, expression: str, **how: Any) -> Any:
        if expression.lstrip().startswith("async"):
            raise ValueError(f"a wait can't look at what is asynchronous: {expression[:60]}")
        return wait(page, expression, **how)

    return wait_for_what_is_so


def when_open(tap: Wait) -> Wait:
    """A tap in the frame in which the key opens; one that a redraw replaced is looked for again."""
    ask = in_slices(Locator.evaluate, WAIT_MS)

    @functools.wraps(tap)
    def tap_when_open(key: Locator, **how: Any) -> None:
        if not how.get("force") and ask(key, IS_SHUT, timeout=how.get("timeout")):
            _wait_until_open(key)
        tap(key, **how)

    return tap_when_open


def _wait_until_open(key: Locator) -> None:
    try:
        key.page.wait_for_function(IS_OPEN, arg=key.element_handle(), timeout=SHUT_MS)
    except PlaywrightTimeout:
        return
