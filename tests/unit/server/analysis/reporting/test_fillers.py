"""Sentences from facts: each number from where it stands, each worked by hand."""

from dataclasses import replace

from server.analysis.plan import AnalysisPlan
from server.analysis.reporting.facts import Harms, Presence, StudyFacts, UsedPlan
from server.analysis.reporting.fillers.topics import FILLERS
from server.analysis.reporting.told import Later, NotApplicable, Told
from server.analysis.reporting.withholding import withhold
from tests.unit.server.analysis.reporting.some_facts import (
    CONTROL,
    LOCKED,
    REGISTERED,
    TAILORED,
    TRAINING,
    make_facts,
)


def tell(topic: str, facts: StudyFacts | None = None) -> str:
    said = FILLERS[topic](facts or make_facts())
    assert isinstance(said, Told), said
    assert all(said.sources)
    return said.sentence


def test_harms_are_told_by_arm_per_person_session_with_an_exact_interval() -> None:
    # Garwood's interval of 3 events is 0.6187 to 8.767; over 6 person-sessions, per 100.
    assert tell("harms") == (
        "Training: 3 events (fall 1; pain 2) in 6 person-sessions (50.00 per 100, exact 95 %"
        " interval 10.31 to 146.1), of 2 people; 1 serious, 2 not rated; of 1 more"
        " person-session nobody knows the attendance."
    )


def test_no_harm_is_told_with_how_far_that_goes() -> None:
    """ux.md, R8: none in 212 person-sessions is 0 to 1.7 per 100."""
    none = replace(TRAINING, harms=Harms(), presence=Presence(n_attended=212))
    facts = make_facts(arms=(none, CONTROL))
    assert tell("harms", facts) == (
        "Training: no event in 212 person-sessions (0 per 100, exact 95 % interval 0 to 1.740)."
    )
    assert tell("no_harms", facts) == "No event was entered in 212 person-sessions."
    assert isinstance(FILLERS["no_harms"](make_facts()), NotApplicable)


def test_harms_of_a_session_that_goes_on_stand_apart_and_are_no_zero() -> None:
    going_on = replace(TRAINING, harms=Harms(n_open=1), presence=Presence(n_attended=10))
    facts = make_facts(arms=(going_on,))
    assert tell("harms", facts).endswith("; 1 more in sessions not closed yet.")
    assert isinstance(FILLERS["no_harms"](facts), NotApplicable)


def test_harms_without_a_known_person_session_have_no_rate() -> None:
    facts = make_facts(arms=(replace(TRAINING, presence=Presence()),))
    assert "in no person-session that is known" in tell("harms", facts)


def test_an_arm_that_had_no_session_is_not_told_as_free_of_harm() -> None:
    assert "Control" not in tell("harms")


def test_delivery_tells_planned_beside_delivered_and_what_nobody_knows() -> None:
    assert tell("delivered") == (
        "Sessions held: 2. 4 participants attended 6 of 96 planned person-sessions (6.2 %), 1"
        " of them as make-ups, and missed 1 (ill 1); 89 weren't held yet or nobody said. Of 48"
        " sets prescribed in sessions attended 40 were done (83.3 %); of 2 nobody knows; 30 of"
        " those were seen by a trainer. Session effort was rated in 5 of 6 sessions attended, 4 of"
        " them within what the week accepts."
    )


def test_losses_have_the_reasons_of_missing_measurements() -> None:
    assert tell("losses") == (
        "training, BDNF: 2 of 4 not analysed (no value after: withdrawn 2); control, BDNF: 0 of 4"
        " not analysed. Said to have left the study before the last measurement: 2."
    )


def test_the_dose_is_that_of_the_plan() -> None:
    told = tell("dosage")
    assert "8 weeks of 3 sessions (24 in all) of 60 minutes" in told
    assert "weeks 6\u20138 moderate (12\u201313)" in told
    assert "Plyometric in weeks 6\u20138, 3 \u00d7 3\u201312" in told


def test_every_exercise_of_the_plan_is_told_once() -> None:
    told = tell("exercises")
    assert told.startswith("28 exercises: ")
    plan = make_facts().plan
    assert plan is not None
    assert all(told.count(f"{one.name} (") == 1 for one in plan.exercises)


def test_a_tailored_plan_tells_its_rule_and_the_printed_one_its_steps() -> None:
    tailored = make_facts(plans=(UsedPlan("tailored", "c" * 64, 24, TAILORED),))
    assert "3 observed sets at the top of the range" in tell("progression_rule", tailored)
    assert "the same for all" in tell("progression_rule")
    assert "core at the bottom" in tell("starting_level", tailored)
    assert "Core stability 8" in tell("starting_level")


def test_a_plan_that_the_study_does_not_have_fills_nothing() -> None:
    gone = make_facts(plans=(UsedPlan("lost", "d" * 64, 24, None),))
    for topic in ("dosage", "exercises", "equipment", "prescribed", "tailored", "home"):
        assert FILLERS[topic](gone) is None


def test_who_was_entered_only_after_her_first_session_has_no_delay() -> None:
    assert "training: median 5 days (from 3 to 5, n = 3)" in tell("delay")
    late = make_facts(arms=(replace(TRAINING, first_after_d=(-3, 4)),))
    assert tell("delay", late).endswith(
        "training: 1 were entered here only afterwards; training: median 4 days (from 4 to 4,"
        " n = 1)."
    )


def test_changes_have_their_reasons() -> None:
    changed = make_facts(registered=replace(REGISTERED, replaced=("the board asked",)),
                         n_arm_changes=1)  # fmt: skip
    told = tell("changes", changed)
    assert "replaced 1 time before the lock: the board asked." in told
    assert "corrected 1 time" in told


def test_before_the_lock_nothing_differs_where_only_arms_differ() -> None:
    """Whoever reads a rehearsal learns nothing of arms: other arms, the same words."""
    one = withhold(make_facts())
    assert (one.arms, one.delivery) == (None, None)
    swapped = (replace(TRAINING, n=1, harms=Harms(), outcomes=CONTROL.outcomes), CONTROL)
    other = withhold(make_facts(arms=swapped, delivery=None))
    for topic, fill in FILLERS.items():
        assert fill(one) == fill(other), topic
    for topic in ("harms", "flow", "losses", "delivered", "design", "results", "no_harms",
                  "harms_exposure", "modifications", "early_ends", "delay"):  # fmt: skip
        assert isinstance(FILLERS[topic](one), Later), topic


def test_before_the_lock_no_free_text_is_told() -> None:
    changed = make_facts(registered=replace(REGISTERED, replaced=("P07 trains",)))
    assert "P07" not in tell("changes", withhold(changed))
    assert "replaced 1 time" in tell("changes", withhold(changed))


def test_losses_are_of_those_who_were_locked_whoever_is_in_the_arm_now() -> None:
    facts = make_facts(arms=(replace(TRAINING, n=6), CONTROL))
    assert "training, BDNF: 2 of 4 not analysed" in tell("losses", facts)


def test_secondary_methods_and_what_a_session_without_a_number_counts_are_told() -> None:
    plan = AnalysisPlan(
        outcomes=("bdnf",), dose="srpe_load_au", dose_sessions="prorated",
        attendance="sessions_attended", sessions_planned=20,
        baseline=("age_y",), baseline_categories=("sex",),
    )  # fmt: skip
    facts = make_facts(registered=replace(LOCKED, plan=plan))
    told = tell("other_methods", facts)
    assert "a session without a number counted like the others of its week" in told
    assert "per protocol (at least 80 % of 20 sessions) and the effect among compliers" in told
    assert "By arm: age_y, sex and bdnf" in tell("baseline_table", facts)
    plain = tell("other_methods", make_facts())
    assert "per protocol" not in plain
    assert "session" not in plain
