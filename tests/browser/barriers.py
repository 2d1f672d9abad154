"""What keeps people out of a page: axe's findings, scrolling sideways, text that is too pale."""

from playwright.sync_api import Page

from tests.browser.axe import find_violations
from tests.browser.watching import PICTURES

LEAST_CONTRAST = 7.0  # WCAG 2.2, 1.4.6: AAA
SIZES = ((1280, 800), (390, 844))  # a computer and a phone

# WCAG 2.2 relative luminance, on what each text really lies on.
CONTRASTS = """
() => {
  const parse = (text) => text.match(/[\\d.]+/g).map(Number);
  const luminance = ([r, g, b]) => [r, g, b].map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }).reduce((sum, value, place) => sum + value * [0.2126, 0.7152, 0.0722][place], 0);
  const ground = (node) => {
    for (; node; node = node.parentElement) {
      const colour = parse(getComputedStyle(node).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    const seen = node.checkVisibility() && !node.closest(".visually-hidden, noscript, script");
    if (!seen || !walker.currentNode.textContent.trim()) continue;
    const [one, two] = [parse(getComputedStyle(node).color), ground(node)].map(luminance);
    const ratio = (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
    found.push([walker.currentNode.textContent.trim(), ratio]);
  }
  return found;
}
"""


def list_barriers(page: Page, width_px: int) -> list[str]:
    """None on a page that everybody can use at this width."""
    page_px = page.evaluate("document.documentElement.scrollWidth")
    return [
        *find_violations(page),
        *([f"the page is {page_px} px wide"] if page_px > width_px else []),
        *(f"{text}: {ratio:.2f}" for text, ratio in page.evaluate(CONTRASTS)
          if ratio < LEAST_CONTRAST),
    ]  # fmt: skip


def list_barriers_of_sizes(page: Page, picture: str) -> list[str]:
    """Of all SIZES, with a picture of each kept for people to look at."""
    found = []
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        PICTURES.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=str(PICTURES / f"{picture}-{width}.png"), full_page=True)
        found += list_barriers(page, width)
    return found
