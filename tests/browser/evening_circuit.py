"""The scripted evening's circuit: eight stations, three rounds, and all that happens in them."""

import re
from typing import Final

from playwright.sync_api import expect

from tests.browser.evening_script import (
    CHANGES,
    GOES_OUT,
    LOSES_STRAP,
    N_STATIONS,
    NEARLY_FALLS,
    PLANNED,
    ROTATION,
    SPARE,
    WALKED,
    Change,
    find_station,
    name_set,
    rate,
)
from tests.browser.evening_trainer import Trainer
from tests.tablet_evening import CODES

WORDS: Final = {
    "fatigue": "Fatigue", "spasm": "Spasm", "pain": "Pain", "balance": "Balance", "heat": "Heat",
    "dizzy": "Dizzy", "time": "Time", "equipment": "Equipment", "her_choice": "Her choice",
    "support": "Support", "shorter_range": "Shorter range", "one_side": "One side",
    "form_lost": "Form lost", "skipped": "Skipped",
}  # fmt: skip
BEGUN_S: Final = 1.0  # into a segment before anything is tapped
JUST_AFTER_S: Final = 0.25  # a tick of the tablet's clock


class CircuitNight:
    """`present` are those whom a card or a sweep reaches now."""

    def __init__(self, trainer: Trainer, present: set[str], n_rounds: int) -> None:
        self._trainer, self.present, self._n_rounds = trainer, present, n_rounds
        self.seen: set[tuple[str, int, int]] = set()  # code, round, slot
        self.asked: dict[int, list[str]] = {}

    def run(self) -> None:
        for round_ in range(1, self._n_rounds + 1):
            for slot in range(1, N_STATIONS + 1):
                self._run_slot(round_, slot)
                self._go_on(round_, slot)

    def _run_slot(self, round_: int, slot: int) -> None:
        trainer = self._trainer
        now = trainer.read_clock()
        assert (now["kind"], now["round"], now["slot"]) == ("work", round_, slot), now
        trainer.advance(BEGUN_S)
        for happens in (self._let_come, self._let_change_strap, self._let_nearly_fall):
            happens(round_, slot)
        for change in CHANGES:
            if (change.round, change.slot) == (round_, slot):
                self._change(change)
        if not self._list_asked(round_, slot):
            self._walk(round_, slot)
            self._let_go_out(round_, slot)

    def _list_asked(self, round_: int, slot: int) -> list[str]:
        """Who is asked in the rest after it: all where the rotation says so, at a round's end who
        is left."""
        if ROTATION.asked_after[round_ - 1] == slot:
            return sorted(self.present)
        return sorted(self.present - {*self.asked.get(round_, ())}) if slot == N_STATIONS else []

    def _go_on(self, round_: int, slot: int) -> None:
        """The sweep, and the next work."""
        codes = self._list_asked(round_, slot)
        if codes:
            self._wait_for_end_of_segment()
            self.asked[round_] = sorted({*self.asked.get(round_, ()), *codes})
            self._trainer.sweep(round_, {code: rate(code, round_) for code in codes})
        if slot < N_STATIONS:
            self._wait_for_work(round_, slot + 1)
        elif round_ < self._n_rounds:
            self._wait_for_work(round_ + 1, 1)
        else:
            self._wait_for_end()

    def _walk(self, round_: int, slot: int) -> None:
        """From card to card: whoever was seen at one was seen."""
        trainer = self._trainer
        trainer.tap("Stations")
        for station in WALKED:
            here = [
                code
                for code in sorted(self.present)
                if find_station(code, slot) == station and (code, round_, slot) not in self.seen
            ]
            if not here:
                continue
            card = trainer.page.locator(".station").nth(station)
            trainer.touch(card.get_by_role("button", name="All as planned ✓"))
            for code in here:
                self.seen.add((code, round_, slot))
                trainer.told.note("set", name_set(code, round_, slot))
        trainer.tap("Tiles")

    def _change(self, change: Change) -> None:
        trainer, page = self._trainer, self._trainer.page
        keys = 1
        trainer.touch(trainer.tablet.tile(change.code))
        if change.by is not None:
            target = PLANNED.stations[find_station(change.code, change.slot)].amount
            trainer.tap(str(target + change.by), ".amounts")
            keys += 1
        if change.other is not None:
            trainer.tap("Other")
            for digit in str(change.other):
                trainer.tap(digit, ".amounts.other")
            trainer.tap(f"{change.other} ✓")
            keys += 1
        if change.band is not None or change.band_cm is not None:
            self._turn_to("Band")
        if change.band is not None:
            trainer.touch(page.locator(f'.band-key[data-band="{change.band}"]'))
            keys += 1
        if change.band_cm is not None:
            trainer.tap(f"{change.band_cm} cm")
            keys += 1
        keys += self._say_how(change)
        trainer.tap("Done", ".drawer")
        trainer.told.note("set", name_set(change.code, change.round, change.slot), keys)
        self.seen.add((change.code, change.round, change.slot))

    def _say_how(self, change: Change) -> int:
        """Chips and the reason; how many keys that were."""
        words = [WORDS[one] for one in (*change.chips, change.reason) if one is not None]
        words += ["Good form"] if change.good_form else []
        if words:
            self._turn_to("How it was")
        for word in words:
            self._trainer.tap(word, ".drawer")
        return len(words)

    def _turn_to(self, part: str) -> None:
        """A part of her set, from another one over the amounts."""
        trainer, drawer = self._trainer, self._trainer.page.locator(".drawer")
        if drawer.get_by_role("group", name=part).count():
            return
        if drawer.locator(".back").count():
            trainer.touch(drawer.locator(".back"))
        trainer.touch(drawer.get_by_role("button", name=part))

    def _let_come(self, round_: int, slot: int) -> None:
        if (round_, slot) == (1, 3):
            self._trainer.receive_in_circuit("P14")
            self.seen.add(("P14", 1, 3))  # came in this work's rest: nothing to see of her yet
            self.present.add("P14")

    def _let_change_strap(self, round_: int, slot: int) -> None:
        trainer = self._trainer
        if (round_, slot) == (2, 2):
            trainer.straps.lose()
        if (round_, slot) != (2, 3):
            return
        tile = trainer.tablet.tile(LOSES_STRAP)
        expect(tile).to_contain_text(re.compile(r"Lost 1:\d\d"))
        expect(tile).to_have_attribute("data-alert", "act")
        trainer.tablet.picture("evening-strap-lost")
        trainer.touch(tile)
        self._note_look(LOSES_STRAP, round_, slot)
        trainer.tap("More")
        trainer.tap("Another strap")
        for digit in str(SPARE):
            trainer.tap(digit, ".pad")
        trainer.tap("This strap is hers")
        trainer.tap("Done", ".drawer")
        trainer.told.note("wearing", LOSES_STRAP, 2)  # one ends, one begins
        trainer.told.note("identity_check", LOSES_STRAP)
        expect(tile).to_contain_text("Good")
        expect(tile).not_to_have_attribute("data-alert", "act")

    def _note_look(self, code: str, round_: int, slot: int) -> None:
        """A tap on her tile says that she was seen."""
        self._trainer.told.note("set", name_set(code, round_, slot))
        self.seen.add((code, round_, slot))

    def _let_nearly_fall(self, round_: int, slot: int) -> None:
        trainer, code = self._trainer, NEARLY_FALLS
        if (round_, slot) == (2, 6):
            trainer.tap("■ STOP / EVENT")
            trainer.touch(trainer.page.locator(".who-tile").nth(CODES.index(code)))
            trainer.tap("Near-fall")
            expect(trainer.tablet.tile(code)).to_have_attribute("data-standing", "stopped")
            trainer.tap("Settled now")
            trainer.touch(trainer.page.locator(".settle").last.get_by_role("button", name="No"))
            trainer.tap("Done", ".event-sheet")
            self.present.discard(code)
            trainer.told.note("person_held", code)
            trainer.told.note("adverse_event", code)
            trainer.told.note("adverse_event_followup", code, 2)
            trainer.tablet.picture("evening-near-fall")
        if (round_, slot) == (2, 7):
            trainer.touch(trainer.tablet.tile(code))
            trainer.tap("More")
            trainer.tap("She goes on")
            trainer.tap("Done", ".drawer")
            trainer.told.note("person_resumed", code)
            self.present.add(code)

    def _let_go_out(self, round_: int, slot: int) -> None:
        trainer = self._trainer
        if (round_, slot) == (3, 3):  # in the rest; her set was seen on the station's card
            trainer.touch(trainer.tablet.tile(GOES_OUT))
            trainer.tap("More")
            trainer.tap("Away (toilet, rest)")
            trainer.tap("Done", ".drawer")
            trainer.told.note("attendance", GOES_OUT)
            self.present.discard(GOES_OUT)

    def _wait_for_end(self) -> None:
        if self._trainer.read_clock()["is"] != "done":
            self._wait_for_end_of_segment()
        assert self._trainer.read_clock()["is"] == "done"

    def _wait_for_end_of_segment(self) -> None:
        left_s = self._trainer.read_clock()["left_s"]
        assert isinstance(left_s, int | float)
        self._trainer.advance(left_s + JUST_AFTER_S)

    def _wait_for_work(self, round_: int, slot: int) -> None:
        for _ in range(3):  # at most: the rest of the work, and the rest
            now = self._trainer.read_clock()
            if (now["kind"], now["round"], now["slot"]) == ("work", round_, slot):
                return
            self._wait_for_end_of_segment()
        raise AssertionError(f"round {round_}, slot {slot} did not begin: {now}")
