"""Everybody's sets, looked at step by step for everybody's eyes and hands."""

from collections.abc import Callable, Iterator

import pytest

from tests.browser.tablet_page import TabletPage
from tests.browser.test_tablet_access import examine, visit
from tests.browser.test_tablet_sets_tonight import KEY, begin, end_circuit, row
from tests.tablet_evening import CODES

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]


@pytest.mark.parametrize("size", [(1180, 820), (1024, 768)])
def test_everybodys_sets_are_for_everybody(
    new_tablet: Callable[[dict[str, int] | None], TabletPage], size: tuple[int, int]
) -> None:
    tablet = new_tablet({"width": size[0], "height": size[1]})
    visit(tablet, _walk_sets(tablet), examine, f"{size[0]}x{size[1]}-")


def _walk_sets(tablet: TabletPage) -> Iterator[str]:
    begin(tablet, 3, CODES[:14])
    end_circuit(tablet)
    yield "t10-sets-cooldown"
    yield from _walk_parts(tablet, "cooldown")
    tablet.tap("To the end")
    tablet.tap("2 Check")
    yield "t10-sets-check"
    yield from _walk_parts(tablet, "check")


def _walk_parts(tablet: TabletPage, where: str) -> Iterator[str]:
    settled = tablet.page.locator(".sets-tonight:not([inert])")
    tablet.tap(KEY)
    settled.wait_for()
    yield f"t10-sets-{where}-whose"
    tablet.page.locator(".who-came button", has_text="P01").tap()
    settled.wait_for()
    yield f"t10-sets-{where}-hers"
    row(tablet, "Hip abduction").first.locator(".wide-key").tap()
    settled.wait_for()
    yield f"t10-sets-{where}-one"
    tablet.tap("Other")
    yield f"t10-sets-{where}-other"
    tablet.tap("7", ".amounts")
    tablet.tap("7 ✓")
    tablet.wait_until_sent()
    yield f"t10-sets-{where}-why"
    tablet.tap("◂ How many")
    tablet.page.get_by_role("button", name="Band: green").tap()
    yield f"t10-sets-{where}-band"
    tablet.tap("Done")
