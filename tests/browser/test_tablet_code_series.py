"""A series of codes: each as another program draws it; whatever is read wrongly is told."""

import random
import string
from collections.abc import Iterator
from typing import Any

import pytest
import segno
from playwright.sync_api import Browser, Page

from tests.browser.tablet_site import TabletSite

pytestmark = pytest.mark.browser

STUDY, STAFF = "gym", ["sara", "leyla"]
BRING = """
async () => {
  window.qr = await import("/tablet/app/core/qr_code.js");
  window.series = await import("/tablet/app/core/code_series.js");
  window.handover = await import("/tablet/app/core/handover.js");
  window.packing = await import("/tablet/app/shell/handover.js");
  window.crc32 = (await import("/tablet/app/core/crc32.js")).crc32;
}
"""
LETTERS = string.ascii_letters + string.digits + "-_."
DRAW = "(text) => Array.from(window.qr.drawQr(text))"
READ_DRAWN = """
async (text) => {
  await import("/tablet/app/vendor/jsqr.js");
  const [scale, margin, size] = [3, 4, window.qr.SIZE];
  const side = (size + 2 * margin) * scale;
  const pixels = new Uint8ClampedArray(side * side * 4).fill(255);
  window.qr.drawQr(text).forEach((dark, at) => {
    for (let n = 0; dark && n < scale * scale; n += 1) {
      const x = (margin + (at % size)) * scale + (n % scale);
      const y = (margin + Math.floor(at / size)) * scale + Math.floor(n / scale);
      pixels.fill(0, (y * side + x) * 4, (y * side + x) * 4 + 3);
    }
  });
  return self.jsQR(pixels, side, side)?.data ?? null;
}
"""
READ = """
(texts) => {
  let read = null;
  const troubles = texts.map((text) => {
    const after = window.series.addCode(read, text);
    read = after.read;
    return after.trouble;
  });
  return { troubles, parts: read && [...read.parts.keys()], whole: window.series.isWhole(read) };
}
"""
UNPACK = """
async (texts) => {
  let read = null;
  for (const text of texts) read = window.series.addCode(read, text).read;
  return window.packing.unpackHandover(read);
}
"""
FORGE = """
(texts) => {
  let read = null;
  for (const text of texts) read = window.series.addCode(read, text).read;
  return window.series.cutIntoCodes(window.series.joinCodes(read), "A".repeat(43));
}
"""
ENVELOPE = {"id": "x", "kind": "rpe", "about": "P07", "actor": "sara", "device": "a" * 16,
            "device_seq": 1, "occurred_at": "2026-11-30T17:00:00.000Z"}  # fmt: skip


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Iterator[Page]:
    site = TabletSite()
    site.start()
    context = chromium.new_context()
    made = context.new_page()
    made.goto(site.url + "/tablet/")
    made.evaluate(BRING)
    yield made
    context.close()
    site.stop()


@pytest.fixture(scope="module")
def codes(page: Page) -> list[str]:
    """Of entries that don't become small: at least three codes."""
    return pack(page, "one")


def pack(page: Page, seed: str) -> list[str]:
    texts = [f"{seed} {n * 7919 % 104729} {n * n * 31}" for n in range(180)]
    content = {"doseline_handover": 1, "study": STUDY, "device": "a" * 16, "entries": [],
               "filling": texts}  # fmt: skip
    made: list[str] = page.evaluate("(content) => window.packing.packHandover(content)", content)
    assert len(made) >= 3
    return made


@pytest.mark.parametrize("seed", range(6))
def test_a_full_code_is_what_segno_draws(page: Page, seed: int) -> None:
    """segno 1.6.6: the same version, level and mask, module by module."""
    text = "".join(random.Random(seed).choices(LETTERS, k=520))
    code = segno.make(text, version=15, error="l", mode="byte", mask=2, boost_error=False)
    assert page.evaluate(DRAW, text) == [int(dark) for row in code.matrix for dark in row]


@pytest.mark.parametrize("length", [1, 2, 66, 518, 519])
def test_a_shorter_code_is_read_by_jsqr(page: Page, length: int) -> None:
    """segno writes one byte of zeros before the padding, which ISO/IEC 18004 7.4.10 has not."""
    text = ("DSQ1.aB-_" * 60)[:length]
    assert page.evaluate(READ_DRAWN, text) == text


def test_the_longest_code_of_a_series_fits(codes: list[str], page: Page) -> None:
    most: int = page.evaluate("window.qr.MOST_BYTES")
    assert max(len(one) for one in codes) <= most
    assert page.evaluate("(text) => window.qr.drawQr(text).length", codes[0]) == 77 * 77


def test_crc32_has_its_check_value(page: Page) -> None:
    """reveng.sourceforge.io/crc-catalogue: CRC-32/ISO-HDLC, check 0xcbf43926."""
    assert page.evaluate("window.crc32('123456789')") == "cbf43926"


def test_codes_are_read_in_any_order_and_as_often_as_seen(page: Page, codes: list[str]) -> None:
    read = page.evaluate(READ, [codes[-1], codes[-1], *codes, codes[0]])
    assert set(read["troubles"]) == {None}
    assert read["whole"]
    content = page.evaluate(UNPACK, list(reversed(codes)))
    assert (content["study"], len(content["filling"])) == (STUDY, 180)


def test_with_a_code_missing_it_is_not_whole(page: Page, codes: list[str]) -> None:
    read = page.evaluate(READ, [codes[0], codes[2]])
    assert (read["whole"], sorted(read["parts"])) == (False, [1, 3])


@pytest.mark.parametrize(
    "place", [2, 10, 49, 55, -1], ids=["mark", "series", "number", "check", "data"]
)
def test_a_damaged_code_is_told_and_never_kept(page: Page, codes: list[str], place: int) -> None:
    letters = list(codes[1])
    letters[place] = "9" if letters[place] != "9" else "8"
    read = page.evaluate(READ, [codes[0], "".join(letters)])
    assert read["troubles"][1] in {"damaged", "other", "newer"}
    assert read["parts"] == [1]


def test_codes_of_two_series_are_never_mixed(page: Page, codes: list[str]) -> None:
    other = pack(page, "two")
    read = page.evaluate(READ, [codes[0], other[1], codes[1]])
    assert read["troubles"] == [None, "mixed", None]
    assert sorted(read["parts"]) == [1, 2]


def test_what_is_no_code_of_ours_or_of_a_newer_app_is_told(page: Page, codes: list[str]) -> None:
    newer = "DSQ2" + codes[0][4:]
    read = page.evaluate(READ, ["https://example.org", newer, ""])
    assert read["troubles"] == ["other", "newer", "other"]


def test_a_whole_that_is_not_what_was_sent_is_not_taken(page: Page, codes: list[str]) -> None:
    """Each code is as it should be, and all of them together aren't of that SHA-256."""
    forged: list[str] = page.evaluate(FORGE, codes)
    assert page.evaluate(READ, forged)["whole"]
    assert page.evaluate(UNPACK, forged) is None


@pytest.mark.parametrize(
    ("changes", "trouble"),
    [
        ({}, None),
        ({"study": None}, None),
        ({"study": "another"}, "other_study"),
        ({"entries": [{"session": "s", "envelope": ENVELOPE | {"actor": "nora"}}]}, "stranger"),
        ({"entries": [{"session": "s", "envelope": {}}]}, "no_handover"),
        ({"entries": 7}, "no_handover"),
        ({"doseline_handover": 2}, "newer"),
        ({"doseline_handover": None}, "no_handover"),
        ({"doseline_practice": True}, "practice"),
    ],
)
def test_what_is_not_for_this_tablet_is_told(
    page: Page, changes: dict[str, Any], trouble: str | None
) -> None:
    content = {"doseline_handover": 1, "study": STUDY,
               "entries": [{"session": "s", "envelope": ENVELOPE}], **changes}  # fmt: skip
    judged = page.evaluate("([content, here]) => window.handover.judgeHandover(content, here)",
                           [content, {"study": STUDY, "staff": STAFF}])  # fmt: skip
    assert judged["trouble"] == trouble
