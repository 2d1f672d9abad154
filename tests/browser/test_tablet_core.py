"""The tablet's pure modules, run where they run: in Chromium."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from protocol.ledger.instants import parse_utc_ms
from tests.browser.tablet_site import TabletSite

pytestmark = pytest.mark.browser

Run = Callable[..., Any]
CALL = """
async ([module, name, given]) => {
  const loaded = await import(`/tablet/app/core/${module}.js`);
  return loaded[name](...given.map((one) => (one?.bytes ? new Uint8Array(one.bytes) : one)));
}
"""


@pytest.fixture(scope="module")
def run(chromium: Browser) -> Iterator[Run]:
    """`run(module, name, *arguments)`: one call of one exported function."""
    site = TabletSite()
    site.start()
    context = chromium.new_context()
    page = context.new_page()
    page.goto(site.url + "/tablet/")
    yield lambda module, name, *given: page.evaluate(CALL, [module, name, list(given)])
    context.close()
    site.stop()


def test_uuid7_is_the_example_of_rfc_9562(run: Run) -> None:
    """Appendix A.6: 2022-02-22T19:22:22Z, rand_a 0xCC3, rand_b 0x18C4DC0C0C07398F."""
    chance = [0x0C, 0xC3, 0x18, 0xC4, 0xDC, 0x0C, 0x0C, 0x07, 0x39, 0x8F]
    made = run("uuid7", "makeUuid7", 1645557742000, {"bytes": chance})
    assert made == "017f22e2-79b0-7cc3-98c4-dc0c0c07398f"


def test_each_entry_is_later_than_the_last_one_and_a_clock_set_back_is_not_waited_for(
    run: Run,
) -> None:
    assert run("envelope", "laterThan", 1000, 1005) == 1005
    assert run("envelope", "laterThan", 1000, 1000) == 1001
    assert run("envelope", "laterThan", 2000, 1500) == 2001
    assert run("envelope", "laterThan", 90_000_000, 1000) == 1000


def test_a_segment_a_slot_and_rests_between(run: Run) -> None:
    planned: dict[str, Any] = {"rounds": 2, "rest_s": 60, "rest_scope": "between_stations",
               "changeover_s": 10, "stations": [{}, {}],
               "minutes": {"turn_work_s": 45.0}}  # fmt: skip
    made = run("circuit_plan", "buildSegments", planned)
    assert [(s["kind"], s["round"], s["slot"], s["seconds"]) for s in made] == [
        ("work", 1, 1, 45), ("rest", 1, 1, 60), ("work", 1, 2, 45), ("rest", 1, 2, 60),
        ("work", 2, 1, 45), ("rest", 2, 1, 60), ("work", 2, 2, 45),
    ]  # fmt: skip
    between_rounds = run(
        "circuit_plan", "buildSegments", {**planned, "rest_scope": "between_rounds"}
    )
    assert [(s["kind"], s["seconds"]) for s in between_rounds] == [
        ("work", 45), ("change", 10), ("work", 45), ("rest", 60),
        ("work", 45), ("change", 10), ("work", 45),
    ]  # fmt: skip
    at_once = {**planned, "rest_scope": "between_rounds", "changeover_s": 0}
    kinds = [s["kind"] for s in run("circuit_plan", "buildSegments", at_once)]
    assert kinds == ["work", "work", "rest", "work", "work"]


def test_they_begin_where_the_evenings_rotation_has_them_and_others_where_fewest_do(
    run: Run,
) -> None:
    told = {f"P{n:02d}": (n + 2) % 8 for n in range(1, 16)}
    codes = [*told, "P77"]
    starts = run("circuit_plan", "assignStarts", codes, told, 8)
    assert starts == {**told, "P77": 2}
    assert run("rotation", "quietestStart", {**told}, 8) == 2
    assert run("rotation", "stationInSlot", 7, 1, 3, 8) == 1
    assert run("rotation", "stationInSlot", 0, -1, 2, 8) == 7


def test_next_is_who_shares_the_station_and_then_who_comes_to_it(run: Run) -> None:
    """Forward, P04 comes to P01's station in the next slot; P02 was there in the last one."""
    starts = {"P01": 2, "P02": 3, "P03": None, "P04": 1, "P05": 2}
    order = run("following", "orderByFollowing", starts, "P01", 1, 4)
    assert order == ["P01", "P05", "P04", "P02", "P03"]
    backward = run("following", "orderByFollowing", starts, "P01", -1, 4)
    assert backward == ["P01", "P05", "P02", "P04", "P03"]


@pytest.mark.parametrize(
    ("status", "body", "next_step"),
    [
        (0, None, "wait"),
        (200, {"results": [{"id": "a", "result": "new", "n": 1}]}, "go_on"),
        (200, {"results": []}, "wait"),
        (200, None, "wait"),
        (401, {"code": "signed_out"}, "sign_in"),
        (403, {"code": "actor_not_signed_in"}, "actor"),
        (403, {"code": "not_permitted"}, "wait"),
        (400, {"code": "malformed"}, "halve"),
        (404, None, "wait"),
        (413, None, "halve"),
        (422, {"errors": [{"id": "a", "code": "x", "message": "y"}]}, "again"),
        (422, {"errors": []}, "halve"),
        (429, None, "wait"),
        (500, None, "wait"),
        (503, None, "wait"),
    ],
)
def test_what_an_answer_makes_of_a_post(
    run: Run, status: int, body: object, next_step: str
) -> None:
    found = run("queue", "readAnswer", status, body, [{"id": "a"}, {"id": "b"}])
    assert found["next"] == next_step
    only_named = [one["id"] for one in found["done"] + found["refused"]]
    assert only_named in ([], ["a"])


def test_a_post_holds_one_session_of_one_person_in_the_tablets_order(run: Run) -> None:
    def entry(n: int, actor: str, session: str = "s1") -> dict[str, Any]:
        return {"id": str(n), "session": session, "envelope": {"actor": actor, "device_seq": n}}

    entries = [entry(3, "sara"), entry(1, "sara"), entry(2, "leyla"), entry(4, "sara", "s2")]
    posts = run("queue", "planPosts", entries)
    shown = [(p["session"], p["actor"], [e["id"] for e in p["entries"]]) for p in posts]
    assert shown == [("s1", "sara", ["1", "3"]), ("s1", "leyla", ["2"]), ("s2", "sara", ["4"])]


def test_posts_keep_to_200_entries_and_to_256_kib(run: Run) -> None:
    many = [{"id": str(n), "session": "s", "envelope": {"actor": "a", "device_seq": n}}
            for n in range(450)]  # fmt: skip
    assert [len(p["entries"]) for p in run("queue", "planPosts", many)] == [200, 200, 50]
    big = [{"id": str(n), "session": "s", "envelope": {"actor": "a", "device_seq": n,
                                                       "value": "é" * 20_000}}
           for n in range(12)]  # fmt: skip
    assert [len(p["entries"]) for p in run("queue", "planPosts", big)] == [6, 6]


def test_waits_are_jittered_after_the_cap_and_obey_the_server(run: Run) -> None:
    assert run("backoff", "computeWaitMs", 1, 1) == 1000
    assert run("backoff", "computeWaitMs", 20, 1) == 30_000
    assert run("backoff", "computeWaitMs", 20, 0.5) == 15_000
    assert run("backoff", "computeWaitMs", 1, 0.1, 7) == 7000


def test_the_quickest_look_at_the_servers_clock_is_believed(run: Run) -> None:
    slow = run("offset", "makeSample", {"sentMs": 0, "gotMs": 400, "serverMs": 86_400_390})
    quick = run("offset", "makeSample", {"sentMs": 1000, "gotMs": 1020, "serverMs": 86_401_010})
    assert slow == {"serverMs": 86_400_590, "steadyMs": 400, "rttMs": 400}
    assert run("offset", "chooseSample", None, slow) == slow
    assert run("offset", "chooseSample", slow, quick) == quick
    later = {"serverMs": 86_402_100, "steadyMs": 2000, "rttMs": 400}
    assert run("offset", "chooseSample", quick, later) == quick
    after_minutes = {"serverMs": 87_400_150, "steadyMs": 1_000_000, "rttMs": 400}
    assert run("offset", "chooseSample", quick, after_minutes) == quick  # 60 ms off at most
    after_hours = {"serverMs": 96_400_150, "steadyMs": 10_000_000, "rttMs": 400}
    assert run("offset", "chooseSample", quick, after_hours) == after_hours


def test_a_server_whose_clock_was_set_is_believed_again(run: Run) -> None:
    before = {"serverMs": 1_000_000, "steadyMs": 0, "rttMs": 10}
    after = {"serverMs": 5_000_000, "steadyMs": 1000, "rttMs": 300}
    assert run("offset", "chooseSample", before, after) == after


@pytest.mark.parametrize(("rating", "place"), [(9, "below"), (10, "in"), (12, "in"), (13, "above")])
def test_effort_against_the_weeks_band(run: Run, rating: int, place: str) -> None:
    assert run("effort", "classifyEffort", rating, [10, 12]) == place
    assert run("effort", "classifyEffort", rating, None) is None


QUIET: dict[str, Any] = {
    "ratings": [],
    "accepted": [10, 12],
    "bpm": 100,
    "hrReliable": True,
    "lostS": 0,
    "isPresent": True,
    "isHeld": False,
    "ceiling": None,
    "safety": {"hr_ceiling_bpm": None, "rpe_look": None, "rpe_act": None},
}


@pytest.mark.parametrize(
    ("change", "level"),
    [
        ({}, None),
        ({"ratings": [13]}, "look"),
        ({"ratings": [13, 12]}, None),
        ({"ratings": [13, 14]}, "act"),
        ({"ratings": [13, 14], "isPresent": False}, None),
        ({"lostS": 60}, None),
        ({"lostS": 61}, "act"),
        ({"bpm": 250}, None),
        ({"bpm": 151, "ceiling": 150}, "act"),
        ({"bpm": 150, "ceiling": 150}, None),
        ({"bpm": 151, "ceiling": 150, "isPresent": False, "isHeld": True}, "act"),
        ({"bpm": 151, "ceiling": 150, "hrReliable": False}, None),
        ({"ratings": [12], "safety": {**QUIET["safety"], "rpe_act": 12}}, "act"),
        ({"ratings": [11], "safety": {**QUIET["safety"], "rpe_act": 12}}, None),
        ({"ratings": [13, 14], "isPresent": False, "isHeld": True}, None),
        ({"ratings": [12], "isPresent": False, "isHeld": True,
          "safety": {**QUIET["safety"], "rpe_act": 12}}, "act"),
        ({"ratings": [12], "isPresent": False,
          "safety": {**QUIET["safety"], "rpe_act": 12}}, None),
        ({"ratings": [11], "safety": {**QUIET["safety"], "rpe_look": 11}}, "look"),
    ],
)  # fmt: skip
def test_alerts_look_act_and_nothing_while_no_threshold_is_signed(
    run: Run, change: dict[str, Any], level: str | None
) -> None:
    found = run("alerts", "findAlert", {**QUIET, **change})
    assert (found and found["level"]) == level


def test_her_own_ceiling_goes_before_everybodys(run: Run) -> None:
    safety = {"hr_ceiling_bpm": 150, "hr_ceiling_bpm_of": {"P07": 130}}
    assert run("alerts", "ceilingOf", safety, "P07") == 130
    assert run("alerts", "ceilingOf", safety, "P08") == 150
    assert run("alerts", "ceilingOf", QUIET["safety"], "P07") is None


def test_a_baseline_is_the_median_of_its_span_and_says_how_much_was_heard(run: Run) -> None:
    values = [{"ms": 1000 * second, "bpm": 80 + second % 3} for second in range(300)]
    found = run("heart_median", "summarise", values, 120_000, 300_000)
    assert found == {"bpm": 81, "n_values": 180, "coverage_pct": 100, "missing_reason": None}
    sparse = run("heart_median", "summarise", values[::4], 120_000, 300_000)
    assert (sparse["bpm"], sparse["missing_reason"]) == (None, "below_coverage")
    none = run("heart_median", "summarise", [], 0, 1000)
    assert (none["bpm"], none["n_values"], none["missing_reason"]) == (None, 0, "not_heard")


def test_what_was_heard_before_an_event_is_five_minutes_with_seconds_before(run: Run) -> None:
    values = [{"ms": 1000 * second, "bpm": 90} for second in range(400)]
    before = run("heart_window", "listBefore", values, 399_000)
    assert (before[0], before[-1], len(before)) == ([300, 90], [0, 90], 301)
    assert run("heart_window", "listBefore", [], 1000) is None


@pytest.mark.parametrize(("bpm", "asks"), [(72, False), (86, False), (90, True), (50, True)])
def test_a_resting_heart_rate_far_from_hers_asks_whose_strap_it_is(
    run: Run, bpm: int, asks: bool
) -> None:
    assert run("swap_alarm", "isFarFromHers", bpm, [70, 72, 71, 74]) is asks
    assert run("swap_alarm", "isFarFromHers", bpm, [70, 72]) is False


def test_nine_keys_have_the_target_in_the_middle(run: Run) -> None:
    assert run("set_changes", "offerAmounts", 10) == [6, 7, 8, 9, 10, 11, 12, 13]
    assert run("set_changes", "offerAmounts", 30) == [10, 15, 20, 25, 30, 35, 40, 45]
    assert run("set_changes", "offerAmounts", 2) == [0, 1, 2, 3, 4, 5]


def test_a_prescription_names_what_she_does_at_the_station(run: Run) -> None:
    station = {"exercise": "vertical-jump", "name": "Vertical jump", "instead": "sit-to-stand",
               "cue": "", "support": "none", "amount": 5, "unit": "reps",
               "sides": "both"}  # fmt: skip
    own = {"exercise": "sit-to-stand", "amount": 9, "unit": "reps", "band": None, "sides": "both"}
    told = run("targets", "findTarget", station, own)
    assert (told["exercise"], told["substitutedFor"]) == ("sit-to-stand", "vertical-jump")
    assert told["prescribed"] == {"amount": 9, "unit": "repetitions", "band": None,
                                  "sides": "both"}  # fmt: skip
    assert told["name"] == "sit to stand"
    named = run("targets", "findTarget", station, own | {"name": "Sit-to-stand"})
    assert named["name"] == "Sit-to-stand"
    untold = run("targets", "findTarget", station, None)
    assert (untold["exercise"], untold["substitutedFor"]) == ("vertical-jump", None)
    offered = {"exercise": "sit-to-stand", "name": "Sit-to-stand", "cue": "Feet flat",
               "support": "hold", "amount": 12, "unit": "reps", "sides": "both"}  # fmt: skip
    listed = run("targets", "findTarget", station | {"alternatives": [offered]}, own)
    told_of = ("Sit-to-stand", "Feet flat", "hold")
    assert (listed["name"], listed["cue"], listed["support"]) == told_of


def test_what_was_written_of_her_target_has_the_bundles_words_for_that_exercise(run: Run) -> None:
    """Also of what stands in for her jump, before and after the no; of an unknown one none, and
    the strongest support."""
    stand_in = {"exercise": "tandem-foam-support", "amount": 12, "while_locked": None}
    words = {"name": "Tandem, held", "cue": "Hold on", "support": "hold"}
    jump = {"exercise": "hop-marks", "amount": 4, "name": "Hop", "cue": "Land softly",
            "support": "none"}  # fmt: skip
    told = jump | {"while_locked": stand_in | words | {"amount": 99}}
    written = {"exercise": "hop-marks", "amount": 5, "while_locked": stand_in}
    after = run("targets", "describeTold", written, told)
    assert (after["amount"], after["name"], after["support"]) == (5, "Hop", "none")
    assert after["while_locked"] == stand_in | words
    assert run("targets", "describeTold", stand_in, told) == stand_in | words
    unknown = {"exercise": "heel-raise", "amount": 8, "while_locked": None}
    assert run("targets", "describeTold", unknown, told) == unknown
    assert run("targets", "describeTold", None, told) is None
    station = jump | {"unit": "reps", "sides": "both"}
    shown = run("targets", "findTarget", station, unknown)
    assert (shown["name"], shown["cue"], shown["support"]) == ("heel raise", "", "hold")


def test_of_what_she_is_told_and_tonights_other_exercise_she_does_what_is_open_to_her(
    run: Run,
) -> None:
    stand_in = {"exercise": "sit-to-stand"}
    jump = {"exercise": "vertical-jump", "while_locked": stand_in}
    squat, hop = {"exercise": "wall-squat", "locked": False}, {"exercise": "hop", "locked": True}

    def choose(told: Any, instead: Any, is_ready: Any) -> Any:
        return run("fold/substitutes", "chooseOpen", told, instead, is_ready)

    assert choose(jump, None, True) == jump
    assert choose(jump, None, False) == choose(jump, hop, False) == stand_in
    assert choose(jump, hop, True) == hop
    assert choose(jump, squat, False) == squat
    assert choose(stand_in, hop, False) == stand_in
    assert choose(None, hop, False) is None


def test_times_as_people_read_them(run: Run) -> None:
    assert run("words_of_time", "formatCountdown", 24_000) == "0:24"
    assert run("words_of_time", "formatCountdown", 23_001) == "0:24"
    assert run("words_of_time", "formatElapsed", 23_999) == "0:23"
    assert run("words_of_time", "formatLong", 2_052_000) == "00:34:12"


ROSTER = [{"serial": "8AA87D01"}, {"serial": "8AA87D02"}]


def test_a_code_is_a_strap_only_if_the_roster_has_its_serial(run: Run) -> None:
    assert run("scanned", "readScanned", "8AA87D02", ROSTER) == {
        "serial": "8AA87D02", "said": "8AA87D02",
    }  # fmt: skip
    assert run("scanned", "readScanned", " 8aa87d02\n", ROSTER)["serial"] == "8AA87D02"
    assert run("scanned", "readScanned", "8AA87D0", ROSTER) == {"serial": None, "said": "8AA87D0"}
    assert run("scanned", "readScanned", "8AA87D02", [])["serial"] is None
    assert run("scanned", "readScanned", "x" * 500, ROSTER)["said"] == "X" * 32


@pytest.mark.parametrize(
    ("error", "trouble"),
    [
        ("NotAllowedError", "refused"),
        ("SecurityError", "refused"),
        ("NotReadableError", "busy"),
        ("AbortError", "busy"),
        ("NotFoundError", "none"),
        ("TypeError", "none"),
    ],
)
def test_why_a_camera_does_not_come(run: Run, error: str, trouble: str) -> None:
    assert run("scanned", "nameCameraTrouble", error) == trouble


def test_sessions_written_by_the_wall_clock_alone_are_told_once(run: Run) -> None:
    def entry(session: str, seq: int, offset: int | None, actor: str = "sara") -> dict[str, Any]:
        stamp = {"device_seq": seq, "clock_offset_ms": offset, "actor": actor}
        return {"session": session, "state": "sent", "envelope": stamp}

    entries = [entry("a", 3, None, "leyla"), entry("a", 1, 5), entry("a", 2, None),
               entry("b", 4, None), entry("b", 5, 7), entry("c", 6, None)]  # fmt: skip
    entries.append({**entry("d", 7, None), "state": "refused"})
    assert run("untold", "listUntold", entries) == [
        {"session": "a", "actor": "leyla", "n": 2},
        {"session": "c", "actor": "sara", "n": 1},
    ]


@pytest.mark.parametrize("status", [400, 413, 422])
def test_one_entry_that_no_try_makes_right_is_set_aside_with_the_reason(
    run: Run, status: int
) -> None:
    found = run("queue", "readAnswer", status, {"code": "x", "detail": "why"}, [{"id": "a"}])
    assert found["refused"] == [{"id": "a", "code": "x", "message": "why"}]
    assert found["next"] == "again"
    silent = run("queue", "readAnswer", status, None, [{"id": "a"}])
    assert silent["refused"][0]["message"] == f"HTTP {status}"


def test_text_without_what_the_ledger_refuses(run: Run) -> None:
    assert run("clean_text", "cleanText", " a\tb\u0000c\u001f\r\nd\u007f é 👩 ") == "a bc\nd é 👩"


@pytest.mark.parametrize(
    ("offsets", "assumed", "moved"),
    [([None, 9000], 7000, 9000), ([5000, None], 7000, 7000), ([5000, None], None, 5000),
     ([None], None, 0)],
)  # fmt: skip
def test_a_time_by_the_wall_clock_is_moved_by_what_is_known_best(
    run: Run, offsets: list[int | None], assumed: int | None, moved: int
) -> None:
    """What the tablet learnt after it, else what it knows now, else what it said before."""
    events: list[dict[str, Any]] = [
        {"id": str(seq), "device": "d", "device_seq": seq, "kind": "note", "about": "session",
         "value": {}, "clock_offset_ms": offset, "occurred_at": f"2026-11-26T17:0{seq}:00.000Z"}
        for seq, offset in enumerate(offsets, 1)
    ]  # fmt: skip
    known = {} if assumed is None else {"d": assumed}
    corrected = run("fold/corrected", "correctTimes", events, known)
    unsaid = next(one for one in corrected if one["clock_offset_ms"] is None)
    assert unsaid["time"] - parse_utc_ms(unsaid["occurred_at"]) == moved


def test_a_past_session_adds_up_to_who_came_and_what_was_seen(run: Run) -> None:
    statuses = {"P01": "left", "P02": "absent", "P03": None, "P04": "late", "P05": "back"}
    counts = {"observed": 5, "sensor": 1, "self_report": 2, "assumed": 7, "missed": 3,
              "rpe_given": 4, "rpe_missing": 9}  # fmt: skip
    happened = {"participant": "P04", "what": "near_fall", "at": "2026-11-25T17:20:00.000Z"}
    found = run("past_facts", "sumPast", {
        "people": {code: {"attendance": status} for code, status in statuses.items()},
        "counts": counts, "events": {"x": happened | {"serious": None}},
    })  # fmt: skip
    assert found == {
        "all": 5, "came": 3, "missing": ["P02", "P03"], "observed": 8, "assumed": 7, "missed": 3,
        "rpeGiven": 4, "rpeMissing": 9,
        "events": [{"code": "P04", "what": "near_fall", "at": "2026-11-25T17:20:00.000Z"}],
    }  # fmt: skip


def test_the_circuits_end_on_the_wall_is_later_by_what_was_held_until_then(run: Run) -> None:
    """Ten minutes from 1000 s on, by hand. A hold counts from the start on, none after the end."""
    s, began = 1000, 1_000_000

    def end(*holds: tuple[int, int | None]) -> int | None:
        told = [{"fromMs": a * s, "untilMs": None if b is None else b * s} for a, b in holds]
        segments = [{"endMs": 400 * s}, {"endMs": 600 * s}]
        given = {"startMs": began, "segments": segments, "holds": told}
        found: int | None = run("circuit_end", "findEnd", given)
        if found is not None:
            reached = [run("fold/clock", "activeAt", given, at) for at in (found, found - 1)]
            assert reached == [600 * s, 600 * s - 1]
        return found

    assert end() == 1600 * s
    assert end((1100, 1820)) == 2320 * s
    assert end((1100, 1820), (2319, 2329)) == 2330 * s
    assert end((1100, 1820), (2320, 2400)) == 2320 * s  # it was over when that hold began
    assert end((900, 1030)) == 1630 * s
    assert end((900, 990)) == 1600 * s
    assert end((1100, 1820), (2000, None)) is None
