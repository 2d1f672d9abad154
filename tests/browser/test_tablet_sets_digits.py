"""Another amount: the digits and the keys beside them are whole on the screen, on every tablet."""

from collections.abc import Callable

import pytest

from tests.browser.tablet_page import TabletPage
from tests.browser.test_tablet_sets_tonight import begin, end_circuit, open_hers, row

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

FIND_HIDDEN = """
() => {
  const shown = document.querySelector(".one-set").getBoundingClientRect();
  return [...document.querySelectorAll(".one-set button")].filter((key) => {
    const { top, bottom } = key.getBoundingClientRect();
    return top < shown.top - 0.5 || bottom > shown.bottom + 0.5;
  }).map((key) => key.textContent.trim());
}
"""


@pytest.mark.parametrize("size", [(1180, 820), (1280, 800), (1024, 768)])
@pytest.mark.parametrize("where", ["cooldown", "check"])
def test_digits_and_the_keys_beside_them_are_seen_without_scrolling(
    new_tablet: Callable[[dict[str, int] | None], TabletPage], size: tuple[int, int], where: str
) -> None:
    tablet = new_tablet({"width": size[0], "height": size[1]})
    begin(tablet)
    end_circuit(tablet)
    if where == "check":
        tablet.tap("To the end")
        tablet.tap("2 Check")
    open_hers(tablet)
    row(tablet, "Hip abduction").first.locator(".wide-key").tap()
    tablet.tap("Other")
    tablet.page.locator(".amounts.other:not([inert])").wait_for()
    tablet.picture(f"t10-digits-{where}-{size[0]}x{size[1]}")
    assert tablet.page.evaluate(FIND_HIDDEN) == []
