"""The sheet of stickers: read by the tablet's own reader, and for everybody."""

import base64

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import find_violations
from tests.browser.barriers import CONTRASTS
from tests.browser.real_site import RealSite
from tests.browser.watching import PICTURES, TABLET
from tests.staff import PASSWORD
from tests.tablet_evening import serial

pytestmark = pytest.mark.browser

READ_PICTURE = """
async (png) => {
  await import("/tablet/app/vendor/jsqr.js");
  const bytes = Uint8Array.from(atob(png), (one) => one.charCodeAt(0));
  const picture = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
  const canvas = new OffscreenCanvas(picture.width, picture.height);
  const context = canvas.getContext("2d");
  context.drawImage(picture, 0, 0);
  const { data, width, height } = context.getImageData(0, 0, picture.width, picture.height);
  return self.jsQR(data, width, height)?.data ?? null;
}
"""


def open_labels(browser: Browser, site: RealSite, name: str = "sara") -> Page:
    page = browser.new_context(viewport=TABLET).new_page()  # type: ignore[arg-type]
    page.goto(site.url + "/straps/labels")
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    return page


def test_each_strap_has_a_sticker_with_its_number_and_its_serial_as_a_code(
    chromium: Browser, real_site: RealSite
) -> None:
    page = open_labels(chromium, real_site)
    stickers = page.locator("li")
    expect(stickers).to_have_count(17)
    for place in (0, 8, 16):
        sticker = stickers.nth(place)
        expect(sticker.locator("b")).to_have_text(f"{place + 1:02d}")
        expect(sticker).to_contain_text(serial(place + 1))
        picture = base64.b64encode(sticker.locator(".code").screenshot()).decode()
        assert page.evaluate(READ_PICTURE, picture) == serial(place + 1)
    page.context.close()


def test_axe_contrast_and_any_width(chromium: Browser, real_site: RealSite) -> None:
    page = open_labels(chromium, real_site)
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=str(PICTURES / "strap-labels.png"))
    assert find_violations(page) == []
    assert [text for text, ratio in page.evaluate(CONTRASTS) if ratio < 7] == []
    page.set_viewport_size({"width": 320, "height": 568})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.context.close()


def test_who_has_no_use_for_them_is_led_home(chromium: Browser, real_site: RealSite) -> None:
    page = open_labels(chromium, real_site, "karimi")
    page.wait_for_url(real_site.url + "/home")
    page.context.close()
