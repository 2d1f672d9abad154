from server.dose.repetitions.agreement_report import (
    FEW_PAIRS,
    ExerciseAgreement,
    SetProposal,
    report_agreement,
)
from server.dose.repetitions.counted import CantTell
from server.dose.repetitions.proposal import Proposal


def said(
    proposed: int | None, trainer: int | None, exercise: str = "squat", who: str = "P01"
) -> SetProposal:
    why = CantTell.TRUNK_HARDLY_MOVES if proposed is None else None
    return SetProposal(who, Proposal(exercise, proposed, why, None, (), 1.0, trainer))


def by_exercise(rows: list[ExerciseAgreement]) -> dict[str | None, ExerciseAgreement]:
    return {one.exercise: one for one in rows}


def test_only_sets_with_both_numbers_are_compared_and_the_rest_is_counted() -> None:
    told = by_exercise(
        report_agreement(
            [
                said(10, 10), said(12, 10, who="P02"), said(9, None),
                said(None, 8, "band-row"), said(None, None, "band-row"), said(7, 8, "jump"),
            ]
        )
    )  # fmt: skip
    whole, squat, row = told[None], told["squat"], told["band-row"]
    assert list(told) == [None, "band-row", "jump", "squat"]
    assert (whole.n_sets, whole.n_cant_tell, whole.n_unseen) == (6, 2, 1)
    assert (whole.agreement.n_sets, whole.n_people) == (3, 2)
    assert whole.cant_tell_share == 2 / 6
    assert squat.agreement.bias.value == 1.0  # by hand: 0 and 2
    assert (row.cant_tell_share, row.agreement.n_sets, row.n_people) == (1.0, 0, 0)
    assert row.agreement.bias.value is None


def test_too_few_pairs_are_said_to_be_few() -> None:
    few = report_agreement([said(10, 10)] * (FEW_PAIRS - 1))[0]
    enough = report_agreement([said(10, 10)] * FEW_PAIRS)[0]
    assert (few.has_few_pairs, enough.has_few_pairs) == (True, False)


def test_nothing() -> None:
    (whole,) = report_agreement([])
    assert (whole.n_sets, whole.cant_tell_share, whole.has_few_pairs) == (0, None, True)
