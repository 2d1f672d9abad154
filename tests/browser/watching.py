"""How every browser test looks on: screen, arguments, broken policies, pictures."""

import shutil
from pathlib import Path

PICTURES = Path(__file__).resolve().parents[2] / "out" / "browser"
TABLET = {"width": 1180, "height": 820}  # ux: the reference tablet
QUIET_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Runs before the page's own scripts: a broken policy must fail the test.
WATCH_POLICY = """
window.brokenPolicies = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.brokenPolicies.push(`${event.violatedDirective} ${event.blockedURI}`));
"""


def find_browser() -> str | None:
    """Debian's Chromium: without a browser's own windows, if that is here, at half the work."""
    return shutil.which("chromium-headless-shell") or shutil.which("chromium")
