"""The trainer of the scripted evening: every tap on a real screen, with the time that it takes."""

import re

from playwright.sync_api import Locator, expect

from tests.browser.evening_script import (
    A_RATING_S,
    HER_ANSWERS_S,
    KNOCKING_S,
    KNOCKS,
    NEXT_CHAIR_S,
    TAP_S,
    Told,
)
from tests.browser.evening_straps import EveningStraps
from tests.browser.session_time import SessionTime, ToldStraps
from tests.browser.tablet_page import ALL_SENT, WHEN_WRITTEN, TabletPage
from tests.tablet_evening import CODES, PINS

AFTERWARDS_S = 0.1  # of a tap: what it opens is painted
HER_TAPS = 7  # six rows and Done
READ_CLOCK = """
async () => {
  const { state, nowMs } = await import("/tablet/app/state/model.js");
  const { state: is, kind, round, slot, ends_at: ends } = state.value.clock;
  const left_s = ends === null ? 0 : (Date.parse(ends) - nowMs.value) / 1000;
  return { is, kind, round, slot, left_s };
}
"""


class Trainer:
    """`step_s` is how far frames are apart while nobody needs a baseline."""

    def __init__(
        self, tablet: TabletPage, clock: SessionTime, straps: EveningStraps, shown: ToldStraps
    ) -> None:
        self.tablet, self.page, self.clock = tablet, tablet.page, clock
        self.straps, self.shown = straps, shown
        self.told = Told()
        self.step_s = 1.5  # a baseline wants a value in every other second
        self._for: str | None = None  # whose arrival the taps are counted for
        self._since_s = 0.0

    def advance(self, seconds: float) -> None:
        self.shown.advance(seconds, self.step_s)

    def touch(self, where: Locator, takes_s: float = TAP_S, *, hers: bool = False) -> None:
        """The time first, then the finger; what it means is on the disk when this returns."""
        self.advance(takes_s - AFTERWARDS_S)
        where.tap()
        self.page.evaluate(WHEN_WRITTEN)
        self.shown.pass_unseen(AFTERWARDS_S)
        if self._for is not None and not hers:
            taps = self.told.trainer_taps
            taps[self._for] = taps.get(self._for, 0) + 1

    def tap(self, name: str, within: str | None = None, takes_s: float = TAP_S) -> None:
        root = self.page.locator(within) if within else self.page
        self.touch(root.get_by_role("button", name=name, exact=True).first, takes_s)

    def read_clock(self) -> dict[str, object]:
        found: dict[str, object] = self.page.evaluate(READ_CLOCK)
        return found

    def sign_in(self, name: str) -> None:
        """The first time on this tablet; without a stream yet."""
        self.wait_unseen(self.page.get_by_label("Your name"))
        self.page.get_by_label("Your name").fill(name)
        for digit in PINS[name]:
            self.shown.pass_unseen(TAP_S)
            self.tablet.tap(digit, ".pad")
        self.wait_unseen(self.page.get_by_role("heading", name="Today"))

    def wait_unseen(self, what: Locator) -> None:
        """Until something is painted that has to be brought first."""
        for _ in range(200):
            if what.is_visible():
                return
            self.shown.pass_unseen(0.1)
            self.page.wait_for_timeout(10)
        raise TimeoutError(f"not there after 20 seconds of the session: {what}")

    def wait_until_sent(self) -> int:
        """Some seconds more of the session, until nothing waits; how many entries there are."""
        self.page.evaluate(WHEN_WRITTEN)
        for _ in range(100):
            self.advance(1.0)
            self.page.wait_for_timeout(20)
            if self.page.evaluate(ALL_SENT):
                return self.tablet.counted()[0]
        raise TimeoutError("entries still wait after 100 seconds of the session")

    def receive(self, code: str) -> None:
        """Her strap goes on."""
        self._begin(code)
        self.advance(NEXT_CHAIR_S)
        self.touch(self.tablet.tile(code))
        self._give_strap(code)
        self.tap("Close", ".drawer")
        self._end()

    def _begin(self, code: str) -> None:
        """From now on taps and time are for this one's arrival."""
        self._for, self._since_s = code, self.clock.elapsed_s

    def _end(self) -> None:
        assert self._for is not None
        spent_s = self.clock.elapsed_s - self._since_s
        self.told.hands_s[self._for] = self.told.hands_s.get(self._for, 0.0) + spent_s
        self._for = None

    def _give_strap(self, code: str) -> None:
        label = f"{CODES.index(code) + 1:02d}"
        if code == KNOCKS:
            self.tap("Find by knock")
            self.advance(KNOCKING_S - 1.0)
            self.straps.knock(code)
            self.advance(1.0)
            knocked = self.page.locator('.knocks .key[data-knocks="true"]')
            expect(knocked).to_have_text(label)
            self.touch(knocked)
        else:
            self.tap("As last time: " + label)
        for kind in ("wearing", "identity_check", "attendance"):
            self.told.note(kind, code)

    def ask_how_she_is(self, code: str) -> None:
        """The tablet is handed over and comes back."""
        self._begin(code)
        self.advance(NEXT_CHAIR_S)
        self.touch(self.tablet.tile(code))
        self._hand_over(code)
        self._end()

    def _hand_over(self, code: str) -> None:
        self.tap("Hand over: how are you today?")
        each_s = HER_ANSWERS_S / HER_TAPS
        sheet = self.page.locator(".readiness")
        expect(sheet.locator("header")).to_contain_text(code)
        rows = sheet.locator(".yes-no").all()
        for row in rows[:4]:
            self.touch(row.get_by_role("button", name="No"), each_s, hers=True)
        self.touch(sheet.locator(".eleven .key").nth(3), each_s, hers=True)
        self.touch(rows[4].get_by_role("button", name="Yes"), each_s, hers=True)
        self.touch(sheet.locator(".main-action"), each_s, hers=True)
        expect(sheet).to_be_hidden()
        self.told.note("readiness", code)

    def receive_in_warm_up(self, code: str) -> None:
        self._begin_late(code)
        self.touch(self.page.locator(f'.latecomers .key[data-code="{code}"]'))
        self._finish_late(code)

    def receive_in_circuit(self, code: str) -> None:
        self._begin_late(code)
        self.touch(self.tablet.tile(code))
        self.tap("More")
        self.tap("Give her a strap")
        for kind in ("warmup_hr", "prescription"):
            self.told.note(kind, code)
        self._finish_late(code)

    def _begin_late(self, code: str) -> None:
        self._begin(code)
        self.straps.come(code)
        self.told.came_s[code] = self.clock.elapsed_s
        self.advance(NEXT_CHAIR_S)

    def _finish_late(self, code: str) -> None:
        self._give_strap(code)
        self.told.note("resting_hr", code)
        self._hand_over(code)
        self.told.ready_s[code] = self.clock.elapsed_s
        self._end()

    def sweep(self, round_: int | None, ratings: dict[str, int | None]) -> None:
        """Everybody who is asked, in floor order; the sheet goes on to the next by itself."""
        sheet = self.page.locator(".effort")
        expect(sheet).to_be_visible()
        for code, rating in ratings.items():
            expect(sheet.locator(".asked")).to_contain_text(code)
            if rating is None:
                self.tap("She'd rather not", takes_s=A_RATING_S)
            else:
                grade = sheet.locator(".grade").filter(has_text=re.compile(rf"^{rating}\b"))

                self.touch(grade.first, A_RATING_S)
            about = code if round_ is None else f"{code}/{round_}"
            self.told.note("session_rpe" if round_ is None else "rpe", about)
        expect(sheet.locator("header")).to_contain_text("Everybody is asked ✓")
        self.tap("Done", ".effort")
