"""A researcher's browser on the dose matrix."""

from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.real_site import RealSite
from tests.browser.watching import PICTURES, TABLET, WATCH_POLICY
from tests.staff import PASSWORD

AGAIN = ("eload in a moment", "کمی بعد صفحه را دوباره باز کنید")


class ResearcherPage:
    """Signed in as rana, on `/dose`."""

    def __init__(
        self, browser: Browser, site: RealSite, path: str = "/dose", **options: Any
    ) -> None:
        self.url = site.url
        self.trouble: list[str] = []
        self.context: BrowserContext = browser.new_context(**{"viewport": TABLET, **options})
        self.context.add_init_script(WATCH_POLICY)
        self.page: Page = self.context.new_page()
        self.page.on("pageerror", lambda error: self.trouble.append(str(error)))
        self.page.goto(f"{site.url}/sign-in")
        self.page.get_by_label("Name").fill("rana")
        self.page.get_by_label("Password").fill(PASSWORD)
        self.page.get_by_role("button", name="Sign in").click()
        self.page.wait_for_url(site.url + "/live")
        self.open(path)

    def open(self, path: str) -> None:
        """Once nothing is being worked out any more."""
        for _ in range(60):
            self.page.goto(self.url + path)
            status = self.page.locator("#to-come")
            told = status.inner_text() if status.count() else ""
            if not any(words in told for words in AGAIN):
                return
        raise TimeoutError(path)

    def picture(self, name: str, *, whole: bool = False) -> None:
        """Kept in out/browser for people to look at."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=str(PICTURES / f"dose-{name}.png"), full_page=whole)
