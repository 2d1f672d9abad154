"""Each rule of one session: what it finds, and what it passes over. Values are typed here."""

from typing import Any

import pytest

from server.dose.quantity import Missing
from server.projection.lost_time import Loss, LostTime
from server.projection.quality.finding import Finding, Hit
from server.projection.quality.rules import RULES, judge_session
from server.projection.quality.seen import (
    HEART,
    MOVEMENT,
    ClockSetting,
    Dispute,
    HeartPeak,
    PersonSeen,
    RoundRating,
    SessionSeen,
    StrapClaim,
    StrapFit,
    StreamCoverage,
)
from tests.ledger_entries import effort

FULL = StreamCoverage(1.0, None)
SILENT = StreamCoverage(None, Missing.NO_DATA)


def judge(rule: str, seen: SessionSeen) -> list[Hit]:
    """What one rule finds, through the table."""
    return [one.hit for one in judge_session(seen) if one.rule == rule]


def see(*people: PersonSeen, **more: Any) -> SessionSeen:
    return SessionSeen("s1", people, **more)


def test_every_rule_has_a_key_of_its_own_and_looks_at_one_thing() -> None:
    assert len({rule.key for rule in RULES}) == len(RULES)
    for rule in RULES:
        looks = (rule.in_session, rule.in_course, rule.by_calendar)
        assert sum(one is not None for one in looks) == 1, rule.key


def test_an_evening_without_anything_odd_has_no_finding() -> None:
    rounds = {1: RoundRating(13), 2: RoundRating(14)}
    hers = PersonSeen("P01", round_ratings=rounds, session_rating=13, mean_hrr=0.5,
                      streams={HEART: FULL, MOVEMENT: FULL}, artefact_share=0.01,
                      peak=HeartPeak(170, 180, 0.0, is_estimated=False))  # fmt: skip
    fit = StrapFit("51ADA001", "gym", 3600.0, 4.0, 20.0)
    assert list(judge_session(see(hers, fits=[fit]))) == []


SIT, BRIDGE = "sit-to-stand", "glute-bridge"


@pytest.mark.parametrize(
    ("ratings", "pairs"),
    [
        # One exercise: twice the +- 2.94 of repeated ratings (Lamb 1999), whatever lies between.
        ([(1, 13, SIT), (2, 7, SIT)], [[1, 13, SIT, 2, 7, SIT]]),
        ([(1, 13, SIT), (2, 8, SIT)], []),
        ([(1, 8, SIT), (2, 12, BRIDGE), (3, 14, SIT)], [[1, 8, SIT, 3, 14, SIT]]),
        # Two exercises, as each sweep asks: from one end of the scale to the other.
        ([(1, 19, SIT), (2, 7, BRIDGE)], [[1, 19, SIT, 2, 7, BRIDGE]]),
        ([(1, 7, SIT), (2, 19, BRIDGE)], [[1, 7, SIT, 2, 19, BRIDGE]]),
        ([(1, 18, SIT), (2, 7, BRIDGE)], []),
        ([(1, 19, SIT), (2, 8, BRIDGE)], []),
        ([(1, 20, SIT), (3, 6, BRIDGE)], []),  # not in a row
        # Nobody said of which exercise: as of two.
        ([(1, 20, None), (2, 6, None)], [[1, 20, None, 2, 6, None]]),
        ([(1, 13, None), (2, 6, None)], []),
        ([(1, 20, None), (3, 6, None)], []),
        (
            [(1, 6, SIT), (2, 14, SIT), (3, 6, SIT)],
            [[1, 6, SIT, 2, 14, SIT], [2, 14, SIT, 3, 6, SIT]],
        ),
        ([], []),
    ],
)
def test_effort_jump(
    ratings: list[tuple[int, float, str | None]], pairs: list[list[object]]
) -> None:
    told = {number: RoundRating(rating, exercise) for number, rating, exercise in ratings}
    found = judge("effort_jump", see(PersonSeen("P01", round_ratings=told)))
    assert found == ([Hit(("P01",), "", {"pairs": pairs})] if pairs else [])


@pytest.mark.parametrize(
    ("rating", "mean_hrr", "unreliable", "fires"),
    [
        (17, 0.29, False, True),  # vigorous against very light
        (14, 0.39, False, True),  # vigorous against light
        (14, 0.40, False, False),  # vigorous against moderate
        (11, 0.60, False, True),  # light against vigorous
        (12, 0.60, False, False),
        (17, 0.10, True, False),
        (None, 0.10, False, False),
        (17, None, False, False),
    ],
)
def test_effort_far_from_heart(
    rating: float | None, mean_hrr: float | None, unreliable: bool, fires: bool
) -> None:
    hers = PersonSeen("P01", session_rating=rating, mean_hrr=mean_hrr, hr_unreliable=unreliable)
    assert bool(judge("effort_far_from_heart", see(hers))) is fires


@pytest.mark.parametrize(
    ("stream", "fires"),
    [
        (StreamCoverage(0.79, Missing.LOW_COVERAGE), True),
        (StreamCoverage(0.8, None), False),
        (StreamCoverage(0.8 - 1e-12, None), False),
        (SILENT, True),
        (StreamCoverage(None, Missing.NO_STRAP), True),
        (StreamCoverage(None, Missing.ABSENT), False),
        (StreamCoverage(None, Missing.NOT_APPLICABLE), False),
        (StreamCoverage(None, None), False),
    ],
)
def test_coverage_low_of_a_heart(stream: StreamCoverage, fires: bool) -> None:
    people = (PersonSeen("P01", streams={HEART: stream}), PersonSeen("P02", streams={HEART: FULL}))
    found = judge("coverage_low", see(*people))
    assert [(one.participants, one.thing) for one in found] == [(("P01",), HEART)] * fires


def test_coverage_low_tells_the_share_rounded_down_and_each_cause() -> None:
    lost = LostTime(1000.0, {Loss.RADIO: 180.4, Loss.CONTACT: 30.0})
    stream = StreamCoverage(0.79999, Missing.LOW_COVERAGE, lost)
    (found,) = judge("coverage_low", see(PersonSeen("P01", streams={HEART: stream})))
    assert found.facts == {"coverage_pct": 79.9, "missing": "low_coverage",
                           "lost_s": [["radio", 180], ["contact", 30]]}  # fmt: skip


def test_an_evening_of_which_nothing_came_in_is_one_finding() -> None:
    people = [PersonSeen(code, streams={HEART: SILENT, MOVEMENT: SILENT}) for code in ("P1", "P2")]
    assert judge("coverage_low", see(*people)) == [Hit((), HEART, {"n_silent": 2})]
    heard = PersonSeen("P3", streams={HEART: FULL, MOVEMENT: SILENT})
    found = judge("coverage_low", see(*people, heard))
    assert [one.participants for one in found] == [("P1",), ("P2",)]


def test_movement_counts_only_where_anybodys_was_heard() -> None:
    """A study without movement has nobody with low coverage of it."""
    low = PersonSeen("P01", streams={HEART: FULL, MOVEMENT: SILENT})
    assert judge("coverage_low", see(low)) == []
    other = PersonSeen("P02", streams={HEART: FULL, MOVEMENT: FULL})
    assert [one.thing for one in judge("coverage_low", see(low, other))] == [MOVEMENT]


@pytest.mark.parametrize(("above_s", "fires"), [(9.9, False), (10.0, True)])
def test_above_her_maximum(above_s: float, fires: bool) -> None:
    peak = HeartPeak(188.0, 180.0, above_s, is_estimated=False)
    found = judge("above_her_maximum", see(PersonSeen("P01", peak=peak), PersonSeen("P02")))
    assert [one.participants for one in found] == [("P01",)] * fires


@pytest.mark.parametrize(
    ("share", "told"),
    [(None, None), (0.05, None), (0.051, (5.1, False)), (0.2, (20.0, False)), (0.21, (21.0, True))],
)
def test_artefacts_many(share: float | None, told: tuple[float, bool] | None) -> None:
    found = judge("artefacts_many", see(PersonSeen("P01", artefact_share=share)))
    assert [(one.facts["share_pct"], one.facts["is_unusable"]) for one in found] == (
        [] if told is None else [told]
    )


@pytest.mark.parametrize(
    ("span_s", "warnings", "fires"),
    [
        (60.0, ("bad_fit",), True),
        (59.0, ("bad_fit",), False),
        (3600.0, ("rate_mismatch",), True),
        (3600.0, ("clock_step", "too_short"), False),
        (3600.0, (), False),
    ],
)
def test_clock_fit_poor(span_s: float, warnings: tuple[str, ...], fires: bool) -> None:
    fit = StrapFit("51ADA004", "gym", span_s, 130.4, 410.6, warnings)
    found = judge("clock_fit_poor", see(fits=[fit]))
    assert [one.thing for one in found] == ["51ADA004 gym"] * fires
    if fires:
        assert (found[0].facts["p50_ms"], found[0].facts["p95_ms"]) == (130, 411)


def test_clock_fit_poor_is_one_finding_a_strap_with_its_worst() -> None:
    fits = [StrapFit("A", "gym", 600, 110, 200, ("bad_fit",)), StrapFit("B", "gym", 600, 3, 9),
            StrapFit("A", "gym", 1200, 120, 150, ("rate_mismatch",))]  # fmt: skip
    (found,) = judge("clock_fit_poor", see(fits=fits))
    assert found.facts == {"strap": "A", "gateway": "gym", "warnings": ["bad_fit", "rate_mismatch"],
                           "p50_ms": 120, "p95_ms": 200, "minutes": 30}  # fmt: skip


def test_gateway_clock_set() -> None:
    steps = [ClockSetting("gym", 2000, -3600.04), ClockSetting("gym", 1000, 0.9),
             ClockSetting("gym", 500, 1.0)]  # fmt: skip
    (found,) = judge("gateway_clock_set", see(clock_settings=steps))
    assert found == Hit((), "gym", {"steps": [[500, 1.0], [2000, -3600.0]]})


def test_strap_disputed_is_one_finding_a_strap_and_pair() -> None:
    claim = StrapClaim("51ADA001", ("P01", "P02"))
    (found,) = judge("strap_disputed", see(claims=[claim, claim]))
    assert (found.participants, found.thing) == (("P01", "P02"), "51ADA001")


def test_entries_in_conflict() -> None:
    dispute = Dispute("rpe", "P01/2", [effort(11), effort(13)])
    (found,) = judge("entries_in_conflict", see(disputes=[dispute]))
    assert found.thing == "rpe P01/2"
    assert [one["rating"] for one in found.facts["values"]] == [11, 13]


def test_sets_without_time() -> None:
    found = judge("sets_without_time", see(PersonSeen("P01", untimed_sets=("b/1", "a/1"))))
    assert [one.facts["sets"] for one in found] == [["a/1", "b/1"]]


@pytest.mark.parametrize(
    ("hers", "fires"),
    [
        (PersonSeen("P01", has_attendance=False, straps=("51ADA001",)), True),
        (PersonSeen("P01", has_attendance=False, n_sets=1), True),
        (PersonSeen("P01", has_attendance=False), False),
        (PersonSeen("P01", has_attendance=True, straps=("51ADA001",)), False),
    ],
)
def test_attendance_missing(hers: PersonSeen, fires: bool) -> None:
    assert bool(judge("attendance_missing", see(hers))) is fires


@pytest.mark.parametrize(("refused", "damaged"), [(3, 0), (0, 1)])
def test_values_unreadable(refused: int, damaged: int) -> None:
    (found,) = judge("values_unreadable", see(n_undecodable=refused, n_damaged=damaged))
    assert found.facts == {"n_undecodable": refused, "n_damaged": damaged}


def test_evidence_is_the_same_as_long_as_what_is_shown_is() -> None:
    hit = Hit(("P01",), "", {"pairs": [[1, 20, 2, 6]]})
    one = Finding("s1", "effort_jump", 1, hit)
    same = Finding("s1", "effort_jump", 1, Hit(("P01",), "", {"pairs": [[1, 20, 2, 6]]}))
    assert one.evidence_sha256 == same.evidence_sha256
    others = [
        Finding("s2", "effort_jump", 1, hit),
        Finding("s1", "other", 1, hit),
        Finding("s1", "effort_jump", 2, hit),
        Finding("s1", "effort_jump", 1, Hit(("P02",), "", hit.facts)),
        Finding("s1", "effort_jump", 1, Hit(("P01",), "", {"pairs": [[1, 19, 2, 6]]})),
    ]
    assert len({other.evidence_sha256 for other in [one, *others]}) == 6
