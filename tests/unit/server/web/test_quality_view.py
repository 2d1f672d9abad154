"""The queue in words: each rule told, cards in order, tabs, and what is empty."""

from dataclasses import replace
from typing import Any

import pytest

from server.projection.derived_study import Standing
from server.projection.quality.finding import Finding, Hit
from server.projection.quality.rules import RULES
from server.study.quality_decisions import Act, Decision
from server.web.quality_queue import Queued, queue_findings
from server.web.quality_sentences import tell_finding
from server.web.quality_view import CARDS_AT_ONCE, Asked, QueueFrame, Said, name_card, view_queue
from server.web.quality_words import WORDS, find_words
from tests.ledger_entries import effort

WALL_NS = 1_795_802_700_000_000_000  # 2026-11-27 18:05 UTC
STANDING = Standing(WALL_NS, False, False)
FRAME = QueueFrame("rana", True, False, STANDING, 0, "2026-11-27T18:05:00.000Z")
SIGN = {"sign": "seated_bpm", "values": [58, 84], "usual": [84, 58]}
COVERAGE = {"coverage_pct": 49.5, "missing": "low_coverage", "lost_s": [["radio", 240]]}
TWO_EFFORTS = [effort(11), effort(13)]
EXAMPLES: dict[str, tuple[Hit, str]] = {
    "swap_suspected": (
        Hit(("P03", "P11"), "", {"signs": [SIGN]}),
        ("P03 and P11 may have worn each other's strap. Seated: P03 58 bpm (hers is 84), P11 84 bpm"
        " (hers is 58)."),
    ),
    "strap_disputed": (
        Hit(("P03", "P11"), "51ADA003", {"strap": "51ADA003"}),
        "P03 and P11 are both said to have worn strap 51ADA003 at one time.",
    ),
    "seated_unlike_hers": (
        Hit(("P03",), "", {"seated_bpm": 58, "usual_bpm": 84}),
        "P03 sat at 58 bpm; on earlier evenings it was 84.",
    ),
    "coverage_low": (
        Hit(("P03",), "movement", COVERAGE),
        "P03, movement: 49.5 % of her main phase was heard. Not heard: radio 4 min.",
    ),
    "above_her_maximum": (
        Hit(("P03",), "", {"peak_bpm": 190, "max_bpm": 180, "above_s": 75, "is_estimated": True}),
        "P03 went up to 190 bpm and was above her maximum of 180 (from a formula of age) for 75 s.",
    ),
    "artefacts_many": (
        Hit(("P03",), "", {"share_pct": 21.5, "is_unusable": True}),
        "P03: 21.5 % of her beat intervals are no heart's. Nothing is told of them.",
    ),
    "effort_jump": (
        Hit(("P03",), "", {"pairs": [[1, 20.0, "squat", 2, 6.0, None]]}),
        "P03: 20 in round 1 (squat), then 6 in round 2.",
    ),
    "effort_far_from_heart": (
        Hit(("P03",), "", {"rating": 17.0, "reserve_pct": 22}),
        "P03 rated the session 17, and her heart was at 22 % of its reserve.",
    ),
    "attendance_missing": (
        Hit(("P03",), "", {"straps": [], "n_sets": 4}),
        "P03: straps none, sets entered 4, and nobody said whether she came.",
    ),
    "entries_in_conflict": (
        Hit((), "rpe P03/2", {"kind": "session_rpe", "about": "P03", "values": TWO_EFFORTS}),
        ("2 entries say different things: session rpe of P03. 11 of 6 to 20, she said it or 13 of 6"
         " to 20, she said it."),
    ),
    "sets_without_time": (
        Hit(("P03",), "", {"sets": ["bird-dog/1"]}),
        "P03: 1 sets on no clock: bird-dog/1.",
    ),
    "clock_fit_poor": (
        Hit((), "A gym", {"strap": "A", "gateway": "gym", "warnings": ["bad_fit"], "p50_ms": 130,
                          "p95_ms": 411, "minutes": 42}),
        ("Strap A on gym, 42 min: arrivals don't lie along a line. Delays: half above 130 ms, one"
        " in twenty above 411 ms."),
    ),
    "gateway_clock_set": (
        Hit((), "gym", {"steps": [[WALL_NS // 1_000_000, -3600.0]]}),
        "The clock of gym was set by -3600 s at 2026-11-27 18:05 UTC.",
    ),
    "values_unreadable": (
        Hit((), "", {"n_undecodable": 3, "n_damaged": 1}),
        "3 values couldn't be decoded, 1 no longer match their hash.",
    ),
    "not_closed": (
        Hit((), "", {"planned_start": "2026-11-02T17:00:00.000Z"}),
        "Planned for 2026-11-02 17:00 UTC; it was begun, and nobody closed it.",
    ),
    "not_held": (
        Hit((), "", {"planned_start": "2026-11-02T17:00:00.000Z"}),
        "Planned for 2026-11-02 17:00 UTC; nobody began it.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("rule", [one.key for one in RULES])
def test_every_rule_has_words_a_threshold_and_a_sentence(rule: str) -> None:
    hit, sentence = EXAMPLES[rule]
    assert tell_finding(rule, hit) == sentence
    words = find_words(rule)
    assert words.title
    assert words.threshold
    assert words.look
    assert "{" not in words.threshold
    assert "{" not in tell_finding(rule, hit)


def test_no_words_of_a_rule_that_is_none() -> None:
    assert set(WORDS) == {one.key for one in RULES}


def test_thresholds_are_told_as_the_rules_have_them() -> None:
    assert "more than 15 bpm" in find_words("swap_suspected").threshold
    assert "within 10 bpm" in find_words("swap_suspected").threshold
    assert find_words("effort_jump").threshold.startswith("6 or more")
    assert find_words("coverage_low").threshold.startswith("Less than 80 %")
    assert find_words("artefacts_many").threshold.startswith("More than 5 %")
    assert find_words("not_closed").threshold == "6 h after its planned start."


def finding(rule: str, session: str = "a", **changes: Any) -> Finding:
    return Finding(session, rule, 1, replace(EXAMPLES[rule][0], **changes))


def line(session: str, day: int) -> dict[str, Any]:
    return {"id": session, "ordinal": day, "week": 1, "state": "closed",
            "planned_start": f"2026-11-{day:02d}T17:00:00.000Z"}  # fmt: skip


LINES = [line("a", 20), line("b", 2)]


def decide(one: Finding, act: Act) -> Decision:
    return Decision(7, Queued(one, None).key, "told", act, "a note", "sara", WALL_NS)


def queue(*findings: Finding, decisions: tuple[Decision, ...] = ()) -> list[Queued]:
    return queue_findings(findings, {one.key: one for one in decisions}, LINES)


def test_the_oldest_session_comes_first_and_in_it_the_rules_order() -> None:
    made = queue(finding("effort_jump"), finding("swap_suspected"), finding("effort_jump", "b"))
    told = [(one.finding.session, one.finding.rule) for one in made]
    assert told == [("b", "effort_jump"), ("a", "swap_suspected"), ("a", "effort_jump")]


@pytest.mark.parametrize(
    ("act", "is_open"), [(Act.ACCEPTED, False), (Act.LEFT, False), (Act.REOPENED, True)]
)
def test_a_decision_closes_what_was_seen_and_nothing_else(act: Act, is_open: bool) -> None:
    one = finding("effort_jump")
    other = finding("effort_jump", facts={"pairs": [[1, 19, None, 2, 6, None]]})
    decision = decide(one, act)
    assert [q.is_open for q in queue(one, decisions=(decision,))] == [is_open]
    assert [q.is_open for q in queue(other, decisions=(decision,))] == [True]


def test_open_and_decided_are_told_apart() -> None:
    one, other = finding("effort_jump"), finding("swap_suspected")
    made = queue(one, other, decisions=(decide(other, Act.LEFT),))
    page = view_queue(made, LINES, Asked(), FRAME, Said())
    assert [card.title for card in page.cards] == ["Effort jumps P03"]
    assert [tab.label for tab in page.tabs] == ["Open: 1", "Decided: 1"]
    assert page.last_run == f"Last run 2026-11-27 18:05 UTC, {len(RULES)} rules, 2 hits"
    decided = view_queue(made, LINES, Asked("decided"), FRAME, Said())
    (card,) = decided.cards
    assert card.title == "Straps swapped? P03 \N{LEFT RIGHT ARROW} P11"
    assert card.decision is not None
    assert card.decision.words == "Left with a note by sara, 2026-11-27 18:05 UTC"
    assert card.decision.note == "a note"
    assert (card.seen, card.is_open) == (7, False)


def test_one_rule_alone_and_a_page_at_a_time() -> None:
    many = [finding("effort_jump", participants=(f"P{n:02d}",)) for n in range(CARDS_AT_ONCE + 3)]
    made = queue(*many, finding("swap_suspected"))
    page = view_queue(made, LINES, Asked(rule="effort_jump"), FRAME, Said())
    assert len(page.cards) == CARDS_AT_ONCE
    assert page.more_path == f"/quality?state=open&rule=effort_jump&first={CARDS_AT_ONCE}"
    asked = Asked(rule="effort_jump", first=CARDS_AT_ONCE)
    rest = view_queue(made, LINES, asked, FRAME, Said())
    assert (len(rest.cards), rest.more_path) == (3, "")
    assert rest.chosen == "Effort jumps"
    row = next(one for one in rest.rules if one.title == "Effort jumps")
    assert (row.n_open, row.path) == (CARDS_AT_ONCE + 3, "/quality?state=open&rule=effort_jump")


def test_nothing_open_says_when_it_was_looked_at() -> None:
    page = view_queue([], LINES, Asked(), FRAME, Said())
    run = f"Last run 2026-11-27 18:05 UTC, {len(RULES)} rules, 0 hits"
    assert page.empty == f"Nothing open. {run}."
    never = replace(FRAME, standing=Standing(None, True, False), n_to_come=2)
    page = view_queue([], LINES, Asked("decided"), never, Said())
    assert page.empty == "Nothing decided. No run yet."
    assert page.to_come == "Sessions being looked at: 2. Reload in a moment."


def test_what_is_wrong_stands_at_its_card_with_what_was_typed() -> None:
    made = queue(finding("effort_jump"), finding("swap_suspected"))
    said = Said(refusal="write a note", card=name_card(made[1]), typed="x")
    page = view_queue(made, LINES, Asked(), FRAME, said)
    assert [(card.trouble, card.typed) for card in page.cards] == [("", ""), ("write a note", "x")]
    assert page.refusal == ""
    gone = view_queue(made, LINES, Asked(), FRAME, replace(said, card="f-gone"))
    assert gone.refusal == "write a note"
