"""Digits, days and plurals in the browser: as on the server, and as ICU has them."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from server.web.catalogue.jalali import to_jalali
from tests.browser.tablet_site import TabletSite

pytestmark = pytest.mark.browser

VECTORS = json.loads(
    (Path(__file__).parents[1] / "vectors" / "local_text.json").read_text(encoding="utf-8")
)
TELL = """
async (texts) => {
  const { localiseText } = await import("/static/local_text.js");
  return texts.map((text) => [localiseText(text), localiseText(localiseText(text))]);
}
"""
DAYS = """
([fromMs, n]) => {
  const format = new Intl.DateTimeFormat("en-u-ca-persian-nu-latn", {
    timeZone: "UTC", year: "numeric", month: "numeric", day: "numeric" });
  return Array.from({ length: n }, (_, place) => {
    const parts = format.formatToParts(new Date(fromMs + place * 86_400_000));
    const found = Object.fromEntries(parts.map(({ type, value }) => [type, value]));
    return [found.relatedYear ?? found.year, found.month, found.day].map(Number);
  });
}
"""
FORMS = """
async () => {
  const { formOf } = await import("/static/plural_forms.js");
  return [0, 1, 1.5, 2, 15].map((n) => formOf("fa", n, 2));
}
"""
FOLLOW = """
async () => {
  const { localisePage } = await import("/static/local_page.js");
  document.body.replaceChildren();
  const made = (tag, text) => document.body.appendChild(
    Object.assign(document.createElement(tag), { textContent: text }));
  const [first, code, field] = [made("p", "set 2"), made("code", "12"), made("input", "")];
  localisePage("fa");
  field.value = "57.8";
  const second = made("p", "set 3");
  await null;
  first.firstChild.data = "set 4";
  second.setAttribute("aria-label", "set 5");
  await new Promise((done) => setTimeout(done));
  return [first.textContent, code.textContent, field.value, second.textContent,
    second.getAttribute("aria-label"), document.documentElement.dir];
}
"""


def test_f48_text_days_and_plurals(chromium: Browser) -> None:
    site = TabletSite()
    site.start()
    page = chromium.new_page()
    page.goto(site.url + "/tablet/app/styles/fonts.css")
    told = page.evaluate(TELL, [text for text, _, _ in VECTORS])
    assert told == [[shown, shown] for _, shown, _ in VECTORS]
    assert page.evaluate(FORMS) == [0, 0, 1, 1, 1]  # CLDR: i = 0 or n = 1
    first, last = date(1950, 1, 1), date(2100, 1, 1)
    n = (last - first).days
    known = page.evaluate(DAYS, [(first - date(1970, 1, 1)).days * 86_400_000, n])
    ours = [to_jalali(first + timedelta(days=place)) for place in range(n)]
    assert [[one.year, one.month, one.day] for one in ours] == known
    page.goto(site.url + "/tablet/app/styles/fonts.css")
    followed = page.evaluate(FOLLOW)
    assert followed == ["set ۴", "12", "57.8", "set ۳", "set ۵", "rtl"]
    page.close()
    site.stop()
