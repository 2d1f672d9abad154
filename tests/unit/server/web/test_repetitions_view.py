from server.dose.repetitions.agreement_report import FEW_PAIRS, SetProposal, report_agreement
from server.dose.repetitions.counted import CantTell
from server.dose.repetitions.proposal import Proposal
from server.projection.derived_study import Standing
from server.web.repetitions_context import RepetitionsPageContext
from server.web.repetitions_view import ReportFrame, view_report

FRAME = ReportFrame("rana", is_simulated=False, standing=Standing(None, False, False))


def said(proposed: int | None, trainer: int | None, exercise: str = "sit-to-stand") -> SetProposal:
    why = CantTell.TRUNK_HARDLY_MOVES if proposed is None else None
    return SetProposal("P01", Proposal(exercise, proposed, why, None, (), 1.0, trainer))


def view(*sets: SetProposal) -> RepetitionsPageContext:
    return view_report(report_agreement(sets), FRAME)


def test_nothing_to_compare_says_what_it_takes() -> None:
    page = view()
    assert page.empty.startswith("Nothing to compare yet")
    assert page.verdict == ""


def test_numbers_by_exercise_and_dashes_where_there_are_none() -> None:
    page = view(said(9, 10), said(11, 10), said(None, 8, "band-row"))
    whole, row, sit = page.rows
    assert (whole.exercise, row.exercise, sit.exercise) == (
        "All exercises", "Band row", "Sit to stand",
    )  # fmt: skip
    assert (sit.bias, sit.within_one, sit.exact) == ("+0.0", "100 %", "0 %")
    assert sit.limits == "\N{MINUS SIGN}2.8 to +2.8"  # by hand: 1.96 * sqrt(2)
    assert (row.cant_tell, row.pairs, row.bias, row.limits) == ("100 %", "0", "–", "–")  # noqa: RUF001
    assert (whole.sets, whole.pairs, whole.people) == ("3", "2", "1")


def test_too_few_pairs_are_told_before_any_number() -> None:
    few = view(said(10, 10), said(11, 10))
    assert few.verdict == "Too few pairs to judge the detector by: 2 of the 30 that it takes."
    assert few.rows[0].is_few
    enough = view(*[said(10 + n % 2, 10) for n in range(FEW_PAIRS)])
    assert enough.verdict == "Pairs of both numbers: 30, of participants: 1."
    assert not enough.rows[0].is_few
    assert view(said(10, None)).verdict.startswith("No set has both numbers")
