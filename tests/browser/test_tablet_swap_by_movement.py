"""How often two swapped straps are seen before round 2, by movement and resting heart rate.

SIMULATED, see tests.browser.swap_evenings. Every evening is judged by the tablet's own core after
each finished slot, as the tablet does it: swapped until the end of round 1, unswapped to the last.
"""

from collections.abc import Callable, Iterator
from typing import Any, Final

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.swap_evenings import N_SLOTS, N_STATIONS, SwapEvening, make_swap_evening
from tests.browser.tablet_site import TabletSite

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

N_EVENINGS: Final = 192  # each of the plan's sessions eight times
USUAL_SD: Final = 0.35  # how much women differ exercise by exercise: assumed
JUDGE = """
async ({ evenings, nSlots }) => {
  const { findSwaps, keepDoubts } = await import("/tablet/app/core/swap_by_movement.js");
  const { isFarFromHers } = await import("/tablet/app/core/swap_alarm.js");
  return evenings.map((women) => {
    let doubts = [];
    const asked = new Set();
    for (let n = 1; n <= nSlots; n++) {
      const worn = women.map(({ did, mg, settled }, place) => ({
        code: String(place),
        settled: settled === true,
        slots: did.slice(0, n).map((name, slot) => ({ slot: `${slot}`, did: name, mg: mg[slot] })),
      }));
      doubts = keepDoubts(doubts, findSwaps(worn));
      for (const { codes } of doubts) asked.add(codes.map(Number).sort((a, b) => a - b).join());
    }
    const isFar = ({ bpm, earlier }) => isFarFromHers(bpm, earlier);
    const hearts = women.flatMap((woman, place) => (isFar(woman) ? [place] : []));
    const pairs = doubts.map(({ codes }) => codes.map(Number).sort((a, b) => a - b));
    return { pairs, asked: [...asked].map((codes) => codes.split(",").map(Number)), hearts };
  });
}
"""  # per evening: pairs named at its end, pairs ever named, and whose heart is far from hers

AVERAGE = """
async ({ values, seconds }) => {
  const { addActivity, meanActivity } = await import("/tablet/app/core/movement_window.js");
  const slots = new Map();
  for (const [intoS, mg] of values)
    addActivity(slots, { slot: "1/1", intoS, ms: 1000 * intoS, mg });
  return meanActivity(slots, "1/1", seconds);
}
"""

Women = list[dict[str, Any]]
Judge = Callable[[list[Women], int], list[dict[str, Any]]]


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Iterator[Page]:
    site = TabletSite()
    site.start()
    page = chromium.new_page()
    page.goto(site.url + "/tablet/")
    yield page
    page.close()
    site.stop()


@pytest.fixture(scope="module")
def judge(page: Page) -> Judge:
    return lambda evenings, n_slots: page.evaluate(JUDGE, {"evenings": evenings, "nSlots": n_slots})


def make_evenings(own_way_sd: float = USUAL_SD, n: int = 48) -> list[SwapEvening]:
    return [make_swap_evening(seed, own_way_sd) for seed in range(n)]


def measure(judge: Judge, own_way_sd: float, n: int) -> dict[str, float]:
    """Shares of evenings with an alarm about one of the two before round 2, and false alarms."""
    evenings = make_evenings(own_way_sd, n)
    found = list(zip(evenings, judge([e.swapped for e in evenings], N_STATIONS), strict=True))
    quiet = judge([e.women for e in evenings], N_SLOTS)
    differ, same = (
        [pair for pair in found if pair[0].same_start is is_same] for is_same in (False, True)
    )
    numbers = {
        "any two": _share(found, is_seen),
        "by movement": _share(found, is_seen_moving),
        "exactly the two named": _share(found, is_named),
        "other start": _share(differ, is_seen),
        "other start, by movement": _share(differ, is_seen_moving),
        "same start": _share(same, is_seen),
        "n of same start": len(same),
        "by heart": _share(found, is_seen_resting),
        "false, by movement": sum(bool(one["asked"]) for one in quiet) / n,
        "false, by heart": sum(len(one["hearts"]) for one in quiet) / n,
    }  # fmt: skip
    print(
        f"SIMULATED, {n} evenings, own way {own_way_sd}:",
        {k: round(v, 3) for k, v in numbers.items()},
    )
    return numbers


Found = tuple[SwapEvening, dict[str, Any]]


def is_named(found: Found) -> bool:
    evening, one = found
    return sorted(evening.swap) in one["pairs"]


def is_seen_moving(found: Found) -> bool:
    """One of the two is asked: her number, once read, shows the rest."""
    evening, one = found
    return any(not set(evening.swap).isdisjoint(pair) for pair in one["asked"])


def is_seen_resting(found: Found) -> bool:
    evening, one = found
    return not set(evening.swap).isdisjoint(one["hearts"])


def is_seen(found: Found) -> bool:
    return is_seen_moving(found) or is_seen_resting(found)


def _share(found: list[Found], counts: Callable[[Found], bool]) -> float:
    return sum(map(counts, found)) / len(found)


def test_two_swapped_straps_are_seen_before_round_2_nine_times_in_ten(judge: Judge) -> None:
    numbers = measure(judge, USUAL_SD, N_EVENINGS)
    assert numbers["any two"] >= 0.9
    assert numbers["other start, by movement"] >= 0.92
    assert numbers["false, by movement"] <= 0.1


@pytest.mark.parametrize(("own_way_sd", "seen", "false"), [(0.2, 0.93, 0.05), (0.5, 0.85, 0.2)])
def test_women_more_alike_or_less_alike_than_assumed(
    judge: Judge, own_way_sd: float, seen: float, false: float
) -> None:
    numbers = measure(judge, own_way_sd, N_EVENINGS // 2)
    assert numbers["other start, by movement"] >= seen
    assert numbers["false, by movement"] <= false


def test_two_who_begin_at_the_same_station_are_never_named(judge: Judge) -> None:
    for each in make_evenings()[:8]:
        twins = SwapEvening(each.women, (0, N_STATIONS))
        assert [0, N_STATIONS] not in judge([twins.swapped], N_SLOTS)[0]["asked"]


def test_before_the_fifth_slot_nobody_is_named(judge: Judge) -> None:
    evenings = [each.swapped for each in make_evenings()]
    assert [one["pairs"] for one in judge(evenings, 4)] == [[]] * len(evenings)
    assert any(one["pairs"] for one in judge(evenings, 5))


def test_what_was_not_heard_names_nobody(judge: Judge) -> None:
    """Her strap was lost, or she agreed to heart rate alone; another's five slots say nothing."""
    evenings = make_evenings()
    silent = []
    for each in evenings:
        women = each.swapped
        women[each.swap[0]] = women[each.swap[0]] | {"mg": [None] * N_SLOTS}
        silent.append(women)
    found = judge(silent, N_SLOTS)
    named = [one["asked"] for one in found]
    assert not any(
        e.swap[0] in pair for e, each in zip(evenings, named, strict=True) for pair in each
    )
    nobody = [[w | {"mg": [None] * N_SLOTS} for w in each.women] for each in evenings[:2]]
    assert [one["pairs"] for one in judge(nobody, N_SLOTS)] == [[], []]


def test_whose_strap_is_known_is_never_named(judge: Judge) -> None:
    evenings = make_evenings()
    known = []
    for each in evenings:
        women = each.swapped
        women[each.swap[0]] = women[each.swap[0]] | {"settled": True}
        known.append(women)
    for each, one in zip(evenings, judge(known, N_STATIONS), strict=True):
        assert not any(each.swap[0] in pair for pair in one["asked"])


def test_a_slots_activity_is_its_works_mean_without_the_walk_to_the_station(page: Page) -> None:
    def average(values: list[tuple[float, float]], seconds: int) -> float | None:
        found: float | None = page.evaluate(AVERAGE, {"values": values, "seconds": seconds})
        return found

    walking = [(float(second), 500.0) for second in range(5)]
    working = [(float(second), 10.0 + second % 2) for second in range(5, 25)]
    assert average(walking + working, 25) == 10.5
    assert average(walking + working[:10], 25) == 10.5
    assert average(walking + working[:9], 25) is None  # less than half of the work was heard
    assert average(walking, 25) is None
    assert average([(5.0, 30.0), (5.2, 90.0)], 7) == 30.0  # the same second told twice
