"""All findings of the study's Tables 2 and 3, and of tables with one fault."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from server.analysis.summary_check.bmi import judge_bmi
from server.analysis.summary_check.check import check_measure, check_summary, sort_worst_first
from server.analysis.summary_check.contrasts import Term
from server.analysis.summary_check.feasible import find_f
from server.analysis.summary_check.finding import Finding, Verdict
from server.analysis.summary_check.printed import Printed
from server.analysis.summary_check.table import ArmSizes, Measure, SummaryTable
from tests.summary_tables import (
    BDNF_CELLS,
    GDNF_CELLS,
    GDNF_F,
    bdnf,
    cell_of,
    gdnf,
    measure_of,
    study_baselines,
)

CONSISTENT, LOOK_AT, INCONSISTENT, IMPOSSIBLE = Verdict


def find(measure: Measure, term: str, claim: str) -> Finding:
    (found,) = [
        one for one in check_measure(measure) if one.term == term and one.claim.startswith(claim)
    ]
    return found


def digits(value: float | None) -> float:
    assert value is not None
    return float(f"{value:.4g}")


def test_the_group_effect_of_bdnf_is_impossible_and_is_the_intercept() -> None:
    found = find(bdnf(), "group", "F")
    assert (found.claim, found.verdict) == ("F = 5369.17", IMPOSSIBLE)
    assert found.feasible is not None
    assert (digits(found.feasible.lo), digits(found.feasible.hi)) == (91.32, 506.2)
    assert digits(found.implied) == 219.3
    assert "the row of the intercept was printed as group" in found.explanation
    row = find(bdnf(), "intercept", "F")
    assert (row.claim, row.verdict) == ("F = 5369.17, printed for group", CONSISTENT)
    assert digits(row.implied) == 5371
    assert row.feasible is not None
    assert (digits(row.feasible.lo), digits(row.feasible.hi)) == (2236, 12390)
    assert row.implied_range is not None
    assert row.implied_range.contains(5369.17)


@pytest.mark.parametrize(
    ("measure", "term", "implied"),
    [
        (bdnf(), "time", 107.9),
        (bdnf(), "interaction", 117.4),
        (gdnf(), "time", 146.1),
        (gdnf(), "group", 111.7),
        (gdnf(), "interaction", 221.1),
    ],
)
def test_the_other_f_of_the_study_fit(measure: Measure, term: str, implied: float) -> None:
    found = find(measure, term, "F")
    assert (found.verdict, digits(found.implied)) == (CONSISTENT, implied)


@pytest.mark.parametrize(("measure", "ratio"), [(bdnf(), 1.089), (gdnf(), 1.514)])
def test_the_ratio_of_interaction_and_time_goes_by_the_means(
    measure: Measure, ratio: float
) -> None:
    found = find(measure, "interaction / time", "F")
    assert (found.verdict, digits(found.implied)) == (CONSISTENT, ratio)


@pytest.mark.parametrize(
    ("measure", "term", "verdict", "implied", "words"),
    [
        (bdnf(), "time", CONSISTENT, 0.7939, "0.79 is that, rounded"),
        (bdnf(), "group", IMPOSSIBLE, 0.8868, "goes with the F = 5369.17 printed beside it"),
        (bdnf(), "interaction", CONSISTENT, 0.8075, "0.80 is that cut off"),
        (gdnf(), "time", CONSISTENT, 0.8391, "0.83 is that cut off"),
        (gdnf(), "group", INCONSISTENT, 0.7994, "of group and interaction were swapped"),
        (gdnf(), "interaction", INCONSISTENT, 0.8876, "of interaction and group were swapped"),
    ],
)
def test_eta_squared_of_the_study(
    measure: Measure, term: str, verdict: Verdict, implied: float, words: str
) -> None:
    found = find(measure, term, "eta2")
    assert (found.verdict, digits(found.implied)) == (verdict, implied)
    assert words in found.explanation


@pytest.mark.parametrize(
    ("measure", "control", "training", "equal", "alone"),
    [
        (bdnf(), (-1, 1), (-0.7008, -0.3125), -0.4242, "r_training is -0.5066"),
        (gdnf(), (-0.1355, 1), (-0.5708, 1), 0.3409, "r_training is 0.8125"),
    ],
)
def test_implied_correlations_of_the_study(
    measure: Measure,
    control: tuple[float, float],
    training: tuple[float, float],
    equal: float,
    alone: str,
) -> None:
    for arm, ends in (("control", control), ("training", training)):
        found = find(measure, f"r_{arm}", "correlation")
        assert found.feasible is not None
        assert (digits(found.feasible.lo), digits(found.feasible.hi)) == ends
        assert digits(found.implied) == equal
        assert alone in found.explanation


def test_a_correlation_that_must_be_negative_is_remarked() -> None:
    found = find(bdnf(), "r_training", "correlation")
    assert "285.4 r_control + 1470 r_training = -744.6" in found.explanation
    assert "must be negative" in found.explanation
    assert "would be 152 or more" in found.explanation
    assert "must be negative" not in find(bdnf(), "r_control", "correlation").explanation


@pytest.mark.parametrize(
    ("measure", "difference", "words"),
    [
        (bdnf(), 227.5, ["214.5 to 240.5", "F(1, 27) = 1288", "-0.1713"]),
        (gdnf(), 93.79, ["86.27 to 101.3", "F(1, 27) = 655.3", "0.1973"]),
    ],
)
def test_implied_ancova_of_the_study(measure: Measure, difference: float, words: list[str]) -> None:
    found = find(measure, "ancova", "adjusted")
    assert digits(found.implied) == difference
    assert [one for one in words if one not in found.explanation] == []


@pytest.mark.parametrize(
    ("measure", "words"),
    [
        (bdnf(), ["0.4125 (control), 0.4021 (training)", "5.285", "0.003628", "5.02", "0.004701"]),
        (gdnf(), ["0.603 (control), 0.5479 (training)", "1.257", "0.6747", "1.523", "0.4414"]),
    ],
)
def test_spread_of_the_study_shrinks_alike(measure: Measure, words: list[str]) -> None:
    found = find(measure, "variance", "SD")
    told = found.claim + found.explanation
    assert [one for one in words if one not in told] == []
    assert "shrinks alike in the untrained arm" in found.explanation
    assert found.verdict is LOOK_AT
    assert not found.verdict.is_against


def test_a_spread_that_changes_in_one_arm_only_is_not_remarked() -> None:
    even = ("10.0", "2.0", "10.0", "2.1", "10.0", "2.0", "14.0", "1.9")
    assert find(measure_of(even), "variance", "SD").verdict is CONSISTENT
    cells = ("10.0", "2.0", "10.0", "2.1", "10.0", "2.0", "14.0", "1.0")
    assert "doesn't change alike" in find(measure_of(cells), "variance", "SD").explanation
    cells = ("10.0", "2.0", "10.0", "1.4", "10.0", "2.0", "14.0", "0.4")
    assert "doesn't change alike" in find(measure_of(cells), "variance", "SD").explanation
    assert check_measure(measure_of(("10.0", "0.0", *cells[2:])))[-1].term != "variance"


@pytest.mark.parametrize(
    ("name", "p", "lo", "hi", "t"),
    [
        ("age", 0.6661, 0.6287, 0.7037, "-0.4361"),
        ("height", 0.4746, 0.3262, 0.6526, "0.7248"),
        ("weight", 0.8120, 0.7906, 0.8333, "-0.2401"),
        ("BMI", 0.8255, 0.7658, 0.8846, "-0.2226"),
    ],
)
def test_no_baseline_p_of_the_study_is_reproducible(
    name: str, p: float, lo: float, hi: float, t: str
) -> None:
    findings = check_summary(SummaryTable((), study_baselines()))
    (found,) = [one for one in findings if one.measure == name and one.term == "baseline"]
    assert (found.term, found.verdict) == ("baseline", INCONSISTENT)
    assert digits(found.implied) == p
    assert found.feasible is not None
    assert (digits(found.feasible.lo), digits(found.feasible.hi)) == (lo, hi)
    assert f"t(28) = {t}" in found.explanation


def test_a_p_of_another_column_is_remarked() -> None:
    age, height = check_summary(SummaryTable((), study_baselines()))[:2]
    assert "the p of weight or BMI: were columns shifted?" in age.explanation
    assert "columns" not in height.explanation


def _change(f: Mapping[Term, str], eta2: Mapping[Term, str] | None = None) -> Measure:
    return measure_of(GDNF_CELLS, {**GDNF_F, **f}, eta2)


def test_swapped_f_are_told_of_both() -> None:
    swapped = _change({Term.TIME: "221.14", Term.INTERACTION: "146.07"})
    for term, other in (("time", "interaction"), ("interaction", "time")):
        found = find(swapped, term, "F")
        assert found.verdict is INCONSISTENT
        assert f"the row of the {other} was printed as {term}" in found.explanation
    assert find(swapped, "group", "F").verdict is CONSISTENT
    assert find(swapped, "interaction / time", "F").verdict is INCONSISTENT


def test_a_number_of_no_row_contradicts_the_others() -> None:
    found = find(_change({Term.GROUP: "116.10"}), "group", "F")
    assert (found.verdict, digits(found.implied)) == (INCONSISTENT, 111.7)
    assert "not beside the other F" in found.explanation


def test_two_that_contradict_each_other_and_nobody_knows_which() -> None:
    both = measure_of(GDNF_CELLS, {Term.GROUP: "200.00", Term.INTERACTION: "221.14"})
    for term in ("group", "interaction"):
        found = find(both, term, "F")
        assert (found.verdict, found.implied) == (INCONSISTENT, None)
        assert "can't say which" in found.explanation


def test_one_impossible_f_alone_may_be_the_intercept() -> None:
    found = find(measure_of(BDNF_CELLS, {Term.GROUP: "5369.17"}), "group", "F")
    assert (found.verdict, found.implied) == (IMPOSSIBLE, None)
    assert "possible as the F of the intercept (2235 to 12400)" in found.explanation


def test_f_that_is_not_printed_is_told_what_it_can_be() -> None:
    found = find(measure_of(BDNF_CELLS, {Term.INTERACTION: "117.42"}), "time", "F")
    assert (found.claim, found.verdict) == ("F not printed", CONSISTENT)
    assert digits(found.implied) == 107.9
    silent = find(measure_of(BDNF_CELLS), "group", "F")
    assert (silent.verdict, silent.implied) == (CONSISTENT, None)


def test_eta_squared_of_another_kind_is_right_too() -> None:
    """0.7356 is generalised (audit); classical: afex's sums of squares, as in test_afex."""
    found = find(_change({}, {Term.INTERACTION: "0.74"}), "interaction", "eta2")
    assert found.verdict is CONSISTENT
    assert "the generalised one, 0.7356" in found.explanation
    assert find(_change({}, {Term.INTERACTION: "0.75"}), "interaction", "eta2").verdict is (
        INCONSISTENT
    )


def test_eta_squared_without_f() -> None:
    def judge(eta2: str) -> Verdict:
        return find(measure_of(GDNF_CELLS, None, {Term.GROUP: eta2}), "group", "eta2").verdict

    assert [judge(one) for one in ("0.80", "0.99", "0.60")] == [CONSISTENT, IMPOSSIBLE, IMPOSSIBLE]


def test_eta_squared_may_go_with_another_f_without_a_swap() -> None:
    both = _change({}, {Term.GROUP: "0.88", Term.INTERACTION: "0.88"})
    found = find(both, "group", "eta2")
    assert "goes with the F = 221.14 of interaction" in found.explanation
    assert "swapped" not in found.explanation


def test_type_ii_time_of_unequal_arms_is_told_so() -> None:
    sizes = ArmSizes(9, 17)
    bare = measure_of(GDNF_CELLS, sizes=sizes)
    printed = {
        Term.TIME: f"{find_f(bare, Term.TIME_BY_PEOPLE, 60.0):.2f}",
        Term.INTERACTION: f"{find_f(bare, Term.INTERACTION, 60.0):.2f}",
    }
    measure = measure_of(GDNF_CELLS, printed, sizes=sizes)
    found = find(measure, "time", "F")
    assert found.verdict is CONSISTENT
    assert "type I or II" in found.explanation
    assert find(measure, "interaction / time", "F").verdict is CONSISTENT


def test_worst_first() -> None:
    table = SummaryTable((gdnf(), bdnf()), study_baselines())
    verdicts = [one.verdict for one in sort_worst_first(check_summary(table))]
    assert verdicts[:3] == [IMPOSSIBLE, IMPOSSIBLE, INCONSISTENT]
    assert verdicts.count(INCONSISTENT) == 6
    assert verdicts[-1] is CONSISTENT


def test_results_with_all_their_digits_agree_with_themselves() -> None:
    """Of our own analysis: raw numbers, nothing rounded (cells and F of afex_oracle.R)."""
    cells = [
        216.869895602, 23.802981919, 216.060203462, 10.6285239041,
        219.31121364, 38.7018085693, 259.156802079, 20.8825467623,
    ]  # fmt: skip
    f = {Term.GROUP: "8.053053", Term.TIME: "16.75316", Term.INTERACTION: "18.17198"}
    eta2 = {Term.GROUP: "0.2234", Term.TIME: "0.3743", Term.INTERACTION: "0.3936"}
    found = check_measure(measure_of(cells, f, eta2))
    assert not any(one.verdict.is_against for one in found)


def test_the_size_of_an_effect_is_told_by_the_f_that_is_right() -> None:
    """Audit 3: partial eta squared [90 %, lambda/(lambda+N)], generalised."""
    audit = {
        (bdnf, "interaction"): ("0.8075", "0.6749 to 0.8615", "0.7308"),
        (bdnf, "group"): ("0.8868", "0.8044 to 0.9184", "0.7343"),
        (bdnf, "time"): ("0.7939", "0.6536 to 0.8519", "0.7138"),
        (gdnf, "interaction"): ("0.8876", "0.8057 to 0.919", "0.7356"),
        (gdnf, "group"): ("0.7996", "0.6625 to 0.8559", "0.721"),
        (gdnf, "time"): ("0.8392", "0.7258 to 0.8842", "0.6476"),
    }
    for (make, term), numbers in audit.items():
        found = find(make(), term, "effect size")
        assert [one for one in numbers if one not in found.explanation] == [], (make, term)
        assert found.verdict is CONSISTENT
    assert "N = df1 + df2 + 1" in find(bdnf(), "group", "effect size").explanation


@pytest.mark.parametrize(
    ("measure", "words"),
    [
        (bdnf(), ["11.75 (95 %: 8.605 to 14.88)", "before 0.02108", "4.855 SDs",
                  "96.88 % in training", "-2.063 % in control"]),
        (gdnf(), ["8.686 (95 %: 6.311 to 11.04)", "before -0.09315", "5.267 SDs",
                  "84.76 % in training", "-8.608 % in control"]),
    ],
)  # fmt: skip
def test_how_large_the_study_says_that_it_is(measure: Measure, words: list[str]) -> None:
    """Audit 5."""
    found = find(measure, "magnitude", "effect")
    assert [one for one in words if one not in found.explanation] == []
    assert found.verdict is LOOK_AT


def test_an_effect_of_usual_size_is_not_remarked() -> None:
    cells = ("10.0", "2.0", "10.0", "2.1", "10.0", "2.0", "12.0", "2.0")
    assert find(measure_of(cells), "magnitude", "effect").verdict is CONSISTENT


def _with_p(measure: Measure, levene: str, shapiro: str) -> Measure:
    return replace(
        measure, levene={"pre": Printed.parse(levene)}, shapiro={"pre": Printed.parse(shapiro)}
    )


def test_a_levene_p_that_goes_badly_with_its_sds_is_to_be_looked_at() -> None:
    """Audit 4: SDs 26.30 and 60.46, of 20 000 normal samples none has .953 or more, median .0105;
    GDNF .795 with 19.07 and 17.01 is plausible."""
    found = find(_with_p(bdnf(), "0.953", "0.576"), "Levene pre", "p")
    assert found.verdict is LOOK_AT
    assert found.implied == pytest.approx(0.0105, abs=0.001)
    assert "0 of them have 0.953 or more" in found.explanation
    assert "not credible" in found.explanation
    assert find(_with_p(gdnf(), "0.795", "0.953"), "Levene pre", "p").verdict is CONSISTENT


def test_a_levene_p_that_is_possible_and_unlikely_is_told_so() -> None:
    """Audit 4: SDs 10.85 and 24.31, P(>= .150) = .008, median .0122."""
    found = find(replace(bdnf(), levene={"post": Printed.parse("0.150")}), "Levene post", "p")
    assert found.verdict is LOOK_AT
    assert found.implied == pytest.approx(0.0122, abs=0.001)
    assert "possible, and unlikely" in found.explanation


def test_one_p_printed_for_two_tests_is_to_be_looked_at() -> None:
    """Audit 4: .953 is Levene's of BDNF before and Shapiro's of GDNF before."""
    table = SummaryTable((_with_p(bdnf(), "0.953", "0.576"), _with_p(gdnf(), "0.795", "0.953")))
    (found,) = [one for one in check_summary(table) if "The same p" in one.explanation]
    assert (found.measure, found.term, found.claim) == ("GDNF", "Shapiro-Wilk pre", "p = 0.953")
    assert found.verdict is LOOK_AT
    assert "Levene pre of BDNF" in found.explanation
    short = SummaryTable((_with_p(bdnf(), "0.9", "0.5"), _with_p(gdnf(), "0.7", "0.9")))
    assert not any("The same p" in one.explanation for one in check_summary(short))


def test_a_bmi_at_the_edge_of_weight_and_height_is_to_be_looked_at() -> None:
    """Audit 1: 22.4 of control, 58.2 kg and "160" cm: at least 22.39 at r = 1 where 160 was rounded
    to whole centimetres, so borderline; at least 22.52 where it is 160.0."""
    found = {one.term: one for one in judge_bmi(study_baselines())}
    assert found["control"].verdict is LOOK_AT
    assert found["control"].implied_range is not None
    assert found["control"].implied_range.lo == pytest.approx(22.39, abs=0.01)
    assert found["training"].verdict is CONSISTENT
    height, weight, bmi = study_baselines()[1:]
    sharp = replace(height, control=cell_of("160.0", "5.2"))
    (control, _) = judge_bmi([sharp, weight, bmi])
    assert control.verdict is INCONSISTENT
    assert control.implied_range is not None
    assert control.implied_range.lo == pytest.approx(22.52, abs=0.01)
    assert judge_bmi([weight, bmi]) == []
