"""A walk through every screen of the tablet, with a name for each stop."""

from collections.abc import Iterator

from tests.browser.tablet_page import TabletPage
from tests.live_scene import circuit_tiles, good_tile
from tests.tablet_evening import CODES, make_planned


def walk(tablet: TabletPage) -> Iterator[str]:
    """Yields after every step; whoever iterates looks at the page."""
    tablet.ledger.planned = make_planned(work_s=600, rest_s=60)
    tablet.show_straps([*circuit_tiles(), good_tile(16)])
    tablet.open()
    yield "t1-first-time"
    tablet.sign_in()
    yield "t2-today"
    tablet.start_room_check()
    for word in ("It is 21.0 °C", "Half a degree more", "Half a degree more", "Half a degree more"):
        tablet.tap(word)
    tablet.tap("Fan on")
    yield "t3-room"
    tablet.go_to_arrivals()
    yield from _walk_arrivals(tablet)
    tablet.start_warm_up()
    yield "t6-warmup"
    tablet.start_circuit()
    yield "t7-tiles"
    yield from _walk_drawer(tablet)
    tablet.tap("Stations")
    yield "t7-stations"
    tablet.tap("Tiles")
    yield from _walk_effort(tablet)
    yield from _walk_event(tablet)
    yield from _walk_sheets(tablet)
    yield from _walk_end(tablet)


def _walk_arrivals(tablet: TabletPage) -> Iterator[str]:
    yield "t4-arrivals"
    tablet.tap("Straps and people", exact=False)
    yield "t4-side"
    tablet.tap("Close", ".side")
    tablet.tile("P05").tap()
    yield "t4-strap"
    tablet.tap("Find by knock")
    yield "t4-knock"
    tablet.tap("Find by knock")
    tablet.tap("As last time: 05")
    tablet.tap("Hand over: how are you today?")
    for row in tablet.page.locator(".yes-no").all():
        row.get_by_role("button", name="Yes").tap()
    tablet.page.locator(".eleven .key").nth(9).tap()
    yield "t5-readiness"
    tablet.page.locator(".readiness .main-action").tap()
    tablet.tap("Today lighter")
    yield "t4-decision"
    tablet.tap("Presence")
    yield "t4-presence"
    tablet.tap("Done", ".drawer")
    tablet.give_straps([code for code in CODES[:13] if code != "P05"])
    tablet.show_straps([*circuit_tiles(), good_tile(16)])
    yield "t4-arrivals-later"


def _walk_drawer(tablet: TabletPage) -> Iterator[str]:
    tablet.tile("P02").tap()
    tablet.page.locator(".amount").nth(2).tap()
    yield "t7-drawer-how"
    tablet.page.locator(".drawer .back").tap()
    yield "t7-drawer"
    tablet.page.get_by_role("button", name="Band: green").tap()
    yield "t7-drawer-band"
    tablet.page.locator(".drawer .back").tap()
    tablet.tap("Other")
    yield "t7-drawer-other"
    tablet.tap("7", ".amounts")
    tablet.tap("7 ✓")
    tablet.page.locator(".drawer .back").tap()
    tablet.tap("More")
    yield "t7-drawer-more"
    tablet.tap("Another exercise tonight")
    yield "t7-drawer-another"
    tablet.tap("◂ More about Tea P02")
    tablet.tap("Done", ".drawer")
    tablet.tile("P05").tap()
    yield "t7-drawer-pushes"
    tablet.tap("Done", ".drawer")
    tablet.tap("Hold all")
    yield "t7-held"
    tablet.tap("Go on")


def _walk_effort(tablet: TabletPage) -> Iterator[str]:
    tablet.tap("Effort (RPE)")
    yield "t8-effort"
    for grade in (6, 5, 7, 3, 9):
        tablet.rate_next(grade)
    yield "t8-effort-some"
    tablet.tap("Turn to her")
    yield "t8-turned"
    tablet.page.locator(".effort .done").tap()
    yield "t7-tiles-with-effort"


def _walk_event(tablet: TabletPage) -> Iterator[str]:
    tablet.tap("■ STOP / EVENT")
    yield "t9-who"
    tablet.page.locator(".who-tile").nth(6).tap()
    tablet.tap("Emergency card")
    yield "t9-what"
    tablet.tap("Near-fall")
    tablet.page.locator(".settle").last.get_by_role("button", name="Yes").tap()
    yield "t9-followup"
    tablet.tap("Done", ".event-sheet")
    yield "t7-stopped"


def _walk_sheets(tablet: TabletPage) -> Iterator[str]:
    tablet.tap("Note")
    tablet.tap("Fox P06", ".note")
    yield "t7-note"
    tablet.tap("Close", ".note")
    tablet.page.locator(".truth-facts").tap()
    yield "t11-connection"
    tablet.tap("Close", ".connection")
    tablet.page.locator(".truth-who").tap()
    yield "t1-cards"
    tablet.tap("Back")


def _walk_end(tablet: TabletPage) -> Iterator[str]:
    """The circuit is cut as short as it can be, and the tablet's own clock does the rest."""
    tablet.page.evaluate("""async () => {
      const { enterPhase } = await import("/tablet/app/state/clock_acts.js");
      await enterPhase("cooldown");
    }""")
    yield "t10-cooldown"
    tablet.tap("To the end")
    yield "t10-close"
    tablet.tap("Ask now")
    yield "t10-session-effort"
    tablet.page.locator(".effort .done").tap()
    tablet.tap("2 Check")
    yield "t10-check"
    tablet.tap("3 End")
    yield "t10-end"
    tablet.tap("Hold to end")
    tablet.tap("Tap again to end")
    tablet.page.get_by_role("heading", name="The session is closed").wait_for()
    yield "t10-closed"
