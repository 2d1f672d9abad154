"""The flow: real numbers, and never a 0 for what nobody wrote down."""

from dataclasses import replace

from server.analysis.report.figures.flow import draw_flow
from server.analysis.reporting.facts import Presence
from server.analysis.reporting.flow import LEFT_OUT, NOT_HERE, list_rows, make_flow
from server.analysis.reporting.withholding import withhold
from tests.unit.server.analysis.reporting.some_facts import CONTROL, TRAINING, make_facts, say

HOSTILE = "</title><script>alert(1)</script>"


def test_every_box_is_in_the_table() -> None:
    assert list_rows(make_flow(make_facts(), {})) == [
        ("Assessed for eligibility", "all", NOT_HERE),
        ("Excluded", "all", NOT_HERE),
        ("Entered with an arm", "all", "n = 8"),
        ("Allocated to training", "training", "n = 4; came to a session: 3; came to none: 1"),
        ("Follow-up", "training",
         "BDNF: 0 without a value before, 2 without one after (withdrawn 2)"),
        ("Analysed", "training", "BDNF: n = 2 (before and after)"),
        ("Allocated to control", "control", "n = 4; no sessions planned for this arm"),
        ("Follow-up", "control", "BDNF: 0 without a value before, 0 without one after"),
        ("Analysed", "control", "BDNF: n = 4 (before and after)"),
        ("Other losses and exclusions", "each", NOT_HERE),
    ]  # fmt: skip


def test_control_that_was_planned_in_sessions_and_stayed_away_is_told() -> None:
    planned = replace(CONTROL, presence=Presence(n_attended=0, n_missed=2, n_unknown=0))
    (row,) = (one for one in list_rows(make_flow(make_facts(arms=(planned,)), {}))
              if one[0] == "Allocated to control")  # fmt: skip
    assert row[2] == "n = 4; came to a session: 0; came to none: 4"
    idle = replace(TRAINING, n_trained=0, presence=Presence())
    assert make_flow(make_facts(arms=(idle,)), {}).arms is not None
    assert "came to none: 4" in str(list_rows(make_flow(make_facts(arms=(idle,)), {})))


def test_follow_up_is_of_those_who_were_locked_whoever_is_in_the_arm_now() -> None:
    now = replace(TRAINING, n=6)  # 4 of them when the data were locked
    (box, arm, told) = list_rows(make_flow(make_facts(arms=(now,)), {}))[4]
    assert (box, arm) == ("Follow-up", "training")
    assert told.startswith("BDNF: 0 without a value before, 2 without one after")


def test_the_studys_own_numbers_stand_in_their_boxes() -> None:
    flow = make_flow(make_facts(), say("flow/screened", "41, in the clinic."))
    assert flow.screened.lines == ("41, in the clinic.",)
    assert flow.excluded.lines == (NOT_HERE,)


def test_the_picture_says_in_words_what_it_shows() -> None:
    figure = draw_flow(make_flow(make_facts(), {}))
    assert figure is not None
    assert "Allocated to training, training: n = 4" in figure.words
    assert figure.svg.count("<title>") == 1
    assert figure == draw_flow(make_flow(make_facts(), {}))


def test_no_words_of_the_study_are_markup_in_the_picture() -> None:
    figure = draw_flow(make_flow(make_facts(), say("flow/excluded", HOSTILE)))
    assert figure is not None
    assert "<script" not in figure.svg


def test_before_the_lock_there_are_no_arms_no_picture_and_no_free_text() -> None:
    flow = make_flow(withhold(make_facts()), say("flow/lost", "P07 moved away"), with_own=False)
    assert draw_flow(flow) is None
    assert ("Allocation, follow-up, analysis", "each", LEFT_OUT) in list_rows(flow)
    assert "P07" not in str(list_rows(flow))
    assert "training" not in str(list_rows(flow))
