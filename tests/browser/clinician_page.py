"""A clinician's browser on the page of limits."""

from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.real_site import RealSite
from tests.browser.watching import PICTURES, TABLET, WATCH_POLICY
from tests.staff import PASSWORD


class ClinicianPage:
    """Signed in as karimi, on `/limits`."""

    def __init__(self, browser: Browser, site: RealSite, **options: Any) -> None:
        self.context: BrowserContext = browser.new_context(**{"viewport": TABLET, **options})
        self.context.add_init_script(WATCH_POLICY)
        self.page: Page = self.context.new_page()
        self.page.goto(site.url + "/limits")
        self.page.get_by_label("Name").fill("karimi")
        self.page.get_by_label("Password").fill(PASSWORD)
        self.page.get_by_role("button", name="Sign in").click()
        self.page.wait_for_url(site.url + "/limits")

    def sign(self, **values: str) -> None:
        """Type values by the names of their fields, and sign."""
        texts = {"qualification": "neurologist", "reason": "stress test", "password": PASSWORD}
        for name, text in {**texts, **values}.items():
            self.page.locator(f"#{name}").fill(text)
        self.page.get_by_role("button", name="Sign these limits").click()

    def withdraw(self, reason: str) -> None:
        self.page.locator("#withdraw_reason").fill(reason)
        self.page.locator("#withdraw_password").fill(PASSWORD)
        self.page.get_by_role("button", name="Withdraw all limits").click()

    def picture(self, name: str) -> None:
        """Kept in out/browser for people to look at."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=str(PICTURES / f"limits-{name}.png"), full_page=True)
