"""How often the swap alarm sees two swapped straps, by simulated hearts through the tablet's core.

SIMULATED. Women's resting heart rates differ with an SD of 7.7 bpm (Quer et al. 2020, PLoS ONE 15:
e0227709, 92,457 adults). From evening to evening a seated one moves with an SD of 5 bpm: assumed,
as the alarm itself assumes; nobody has measured it in this group.
"""

import random
from typing import Any, Final

import pytest
from playwright.sync_api import Browser

from firmware_sim.physiology.artefacts import ArtefactRates, Artefacts
from firmware_sim.physiology.circuit import build_timetable
from firmware_sim.physiology.heart import Heart
from firmware_sim.physiology.kinetics import HeartTraits, MeanHeartRate
from firmware_sim.physiology.variability import Variability
from firmware_sim.strap.beat_reporter import BeatReporter
from tests.browser.tablet_site import TabletSite

pytestmark = pytest.mark.browser

N_EVENINGS: Final = 30
N_WOMEN: Final = 15
N_EARLIER: Final = 5  # sessions with a resting heart rate
MEAN_BPM: Final = 72.0
BETWEEN_SD_BPM: Final = 7.7
DAY_TO_DAY_SD_BPM: Final = 5.0
SEATED_S: Final = 300
SETTLED_S: Final = 120  # the tablet leaves out the first two minutes
NS_PER_S: Final = 1_000_000_000
DIFFER_BPM: Final = 20.0

JUDGE = """
async (evenings) => {
  const { summarise } = await import("/tablet/app/core/heart_median.js");
  const { isFarFromHers } = await import("/tablet/app/core/swap_alarm.js");
  return evenings.map((women) => {
    const bpm = women.map(({ heard }) => summarise(heard, 120000, 300000).bpm);
    return women.map(({ earlier }) => bpm.map((one) => isFarFromHers(one, earlier)));
  });
}
"""  # [evening][whose history][whose heart]


def make_woman(evening: int, index: int) -> dict[str, Any]:
    chance = random.Random(f"swap {evening}/{index}")
    usual_bpm = chance.gauss(MEAN_BPM, BETWEEN_SD_BPM)
    earlier = [round(2 * chance.gauss(usual_bpm, DAY_TO_DAY_SD_BPM)) / 2 for _ in range(N_EARLIER)]
    tonight_bpm = chance.gauss(usual_bpm, DAY_TO_DAY_SD_BPM)
    return {"usual": usual_bpm, "earlier": earlier, "heard": hear_heart(tonight_bpm, chance)}


def hear_heart(resting_bpm: float, chance: random.Random) -> list[dict[str, int]]:
    """What a strap shows of a heart at rest, second by second for five minutes."""
    timetable = build_timetable(0, -2 * SEATED_S, 1.0)  # all of it before the warm-up
    mean = MeanHeartRate(timetable, HeartTraits(resting_bpm, 170.0, 50.0, 70.0))
    artefacts = Artefacts(ArtefactRates(), chance)
    heart = Heart(timetable, mean, Variability(chance), artefacts, 0)
    reporter = BeatReporter(heart, NS_PER_S, lambda _: True)
    reports = reporter.take_until(SEATED_S * NS_PER_S)
    return [{"ms": one.at_ns // 1_000_000, "bpm": one.bpm} for one in reports]


@pytest.fixture(scope="module")
def evenings() -> list[list[dict[str, Any]]]:
    return [[make_woman(e, n) for n in range(N_WOMEN)] for e in range(N_EVENINGS)]


@pytest.fixture(scope="module")
def judged(chromium: Browser, evenings: list[list[dict[str, Any]]]) -> list[list[list[bool]]]:
    site = TabletSite()
    site.start()
    page = chromium.new_page()
    page.goto(site.url + "/tablet/")
    found: list[list[list[bool]]] = page.evaluate(JUDGE, evenings)
    page.close()
    site.stop()
    return found


def list_swaps(
    evenings: list[list[dict[str, Any]]], judged: list[list[list[bool]]]
) -> list[tuple[float, bool]]:
    """Every two women as if their straps were swapped: how far apart they are, and the alarm."""
    return [
        (abs(women[a]["usual"] - women[b]["usual"]), far[a][b] or far[b][a])
        for women, far in zip(evenings, judged, strict=True)
        for a in range(N_WOMEN)
        for b in range(a)
    ]


def test_two_women_whose_hearts_differ_are_told_apart_nine_times_in_ten(
    evenings: list[list[dict[str, Any]]], judged: list[list[list[bool]]]
) -> None:
    swaps = list_swaps(evenings, judged)
    for low, high in ((0, 10), (10, 15), (15, 20), (20, 60)):
        alarms = [alarm for apart, alarm in swaps if low <= apart < high]
        print(f"SIMULATED, {low} to {high} bpm apart: alarm in {sum(alarms)} of {len(alarms)}")
    print(f"SIMULATED, any two: alarm in {sum(a for _, a in swaps)} of {len(swaps)}")
    differing = [alarm for apart, alarm in swaps if apart >= DIFFER_BPM]
    assert len(differing) >= 50
    assert sum(differing) >= 0.9 * len(differing)


def test_whoever_wears_her_own_strap_is_rarely_asked(judged: list[list[list[bool]]]) -> None:
    false = [far[n][n] for far in judged for n in range(N_WOMEN)]
    print(f"SIMULATED, own strap: alarm in {sum(false)} of {len(false)}")
    assert sum(false) <= 0.03 * len(false)
