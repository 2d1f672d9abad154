"""The report on counted repetitions in words. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from server.dose.quantity import Quantity
from server.dose.repetitions.agreement_report import FEW_PAIRS, ExerciseAgreement
from server.projection.derived_study import Standing
from server.web.catalogue.spoken import current_language, t
from server.web.dose_view import tell_worked_out
from server.web.dose_words import tell_share
from server.web.repetitions_context import AgreementRow, RepetitionsPageContext
from server.web.review_words import tell_exercise

_NONE: Final = "\N{EN DASH}"


@dataclass(frozen=True, slots=True)
class ReportFrame:
    """What stands around the table."""

    name: str
    is_simulated: bool
    standing: Standing


def view_report(rows: Sequence[ExerciseAgreement], frame: ReportFrame) -> RepetitionsPageContext:
    """The whole page; `rows` begin with all exercises together."""
    whole = rows[0]
    return RepetitionsPageContext(
        language=current_language(),
        name=frame.name,
        is_simulated=frame.is_simulated,
        worked_out=tell_worked_out(frame.standing),
        to_come=tell_to_come(frame.standing),
        empty="" if whole.n_sets else _tell_empty(),
        lead=_tell_lead(),
        verdict=tell_verdict(whole) if whole.n_sets else "",
        rows=[view_row(one) for one in rows],
    )


def view_row(one: ExerciseAgreement) -> AgreementRow:
    """A dash where there is no number."""
    told = one.agreement
    name = t("All exercises") if one.exercise is None else tell_exercise(one.exercise)
    return AgreementRow(
        exercise=name[:1].upper() + name[1:],
        sets=str(one.n_sets),
        cant_tell=_NONE if one.cant_tell_share is None else tell_share(one.cant_tell_share),
        unseen=str(one.n_unseen),
        pairs=str(told.n_sets),
        people=str(one.n_people),
        bias=_tell_signed(told.bias),
        limits=_tell_limits(told.lower_limit, told.upper_limit),
        exact=_NONE if told.exact.value is None else tell_share(told.exact.value),
        within_one=_NONE if told.within_one.value is None else tell_share(told.within_one.value),
        kappa=_NONE if told.weighted_kappa.value is None else f"{told.weighted_kappa.value:.2f}",
        is_few=one.has_few_pairs,
    )


def tell_verdict(whole: ExerciseAgreement) -> str:
    """Whether there is enough to judge the detector by."""
    n = whole.agreement.n_sets
    if n == 0:
        return t("No set has both numbers: nobody saw and counted one that the detector counted.")
    if whole.has_few_pairs:
        return t("Too few pairs to judge the detector by: {n} of the {few} that it takes.", n=n,
                 few=FEW_PAIRS)  # fmt: skip
    return t("Pairs of both numbers: {n}, of participants: {people}.", n=n, people=whole.n_people)


def tell_to_come(standing: Standing) -> str:
    """What isn't in the numbers yet; empty where everything is."""
    if standing.has_failed:
        return t("Working out failed; older numbers are shown. The server's log says why.")
    return t("Looking for new entries: reload in a moment.") if standing.is_behind else ""


def _tell_lead() -> str:
    return t(
        "The trainer's number counts; the detector's stands beside it and is put into no dose. Only"
        " sets that somebody saw are compared. Differences are detector minus trainer, in"
        " repetitions; limits hold 95 % of them; kappa has squared weights. Several sets of one"
        " participant are no independent pairs."
    )


def _tell_empty() -> str:
    return t(
        "Nothing to compare yet: no strap's movement came in any set that is counted in"
        " repetitions. It takes straps that send movement, and sets that a trainer taps as seen."
    )


def _tell_limits(low: Quantity, high: Quantity) -> str:
    if low.value is None or high.value is None:
        return _NONE
    return t("{low} to {high}", low=_tell_signed(low), high=_tell_signed(high))


def _tell_signed(quantity: Quantity) -> str:
    if quantity.value is None:
        return _NONE
    return f"{quantity.value:+.1f}".replace("-", "\N{MINUS SIGN}")
