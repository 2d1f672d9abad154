"""axe-core on a page: every rule it has for WCAG 2.2 A and AA and its best practices."""

from functools import cache
from pathlib import Path

from playwright.sync_api import Page

_AXE = Path(__file__).parent / "vendor" / "axe.min.js"
_RUN = """() => axe.run(document, {resultTypes: ["violations"]}).then((found) =>
  found.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(" ")).join(", ")}`))"""


@cache
def _read_axe() -> str:
    return _AXE.read_text(encoding="utf-8")


def find_violations(page: Page) -> list[str]:
    """Rules that the page breaks, with the elements that do."""
    page.evaluate(_read_axe())
    found: list[str] = page.evaluate(_RUN)
    return found
