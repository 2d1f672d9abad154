"""A finger that bounces: the same place on the glass, twice, whatever is there the second time."""

from typing import Final

from tests.browser.tablet_page import TabletPage

A_BOUNCE_MS: Final = 120
IMPATIENT_MS: Final = 700  # longer than a bounce: she thinks that it wasn't heard
TAP_TWICE: Final = """
([selector, words, gapMs]) => {
  const all = [...document.querySelectorAll(selector)];
  const wanted = all.find((one) => one.textContent.includes(words));
  wanted.scrollIntoView({ block: "nearest" });
  const { left, top, width, height } = wanted.getBoundingClientRect();
  const find = () => document.elementFromPoint(left + width / 2, top + height / 2)?.closest("button");
  if (find() !== wanted) throw new Error(`no finger reaches ${words}`);
  wanted.click();
  return new Promise((done) => setTimeout(() => { find()?.click(); done(); }, gapMs));
}
"""  # noqa: E501


def tap_twice(tablet: TabletPage, selector: str, words: str, gap_ms: int = A_BOUNCE_MS) -> None:
    """The first button of those with these words; over when all that it made is sent."""
    tablet.page.evaluate(TAP_TWICE, [selector, words, gap_ms])
    tablet.wait_until_sent()
