"""Dose and response within the training arm: what n can show first, then what it shows."""

from server.analysis.methods.dose_response.bayesian import BayesianSlope
from server.analysis.methods.dose_response.linear import DoseSlope
from server.analysis.methods.dose_response.permuted_slope import DosePermutation
from server.analysis.methods.dose_response.result import DoseResponse, Method, Role
from server.analysis.methods.result import write_percent
from server.analysis.report.column_words import name_outcome
from server.analysis.report.content import Content
from server.analysis.report.document import Block, Grid, Section, Text, join_notes
from server.analysis.report.figures.dose_response import draw_dose_response
from server.analysis.report.number_words import name_interval, write_interval, write_number, write_p

_WARNING = (
    "Doses weren't allocated by chance: who trains more may be healthier. These are associations"
    " within the training arm, exploratory at this size; the control arm has no dose and is in none"
    " of them."
)


def write_dose(content: Content) -> Section | None:
    """None where no dose was named, or none could be analysed."""
    found = [one for name in content.plan.outcomes for one in _find(content, name)]
    if not found:
        return None
    blocks: list[Block] = [
        Text(_WARNING),
        Grid(
            f"Dose and response in the training arm; the dose {content.named}, then sensitivity.",
            _head(content),
            tuple(_tell(one) for one in found),
        ),
        *_tell_otherwise(content),
        *join_notes([one.notes for one in found]),
    ]
    for one in found:
        if isinstance(one, DoseSlope) and one.role is Role.NAMED:
            design = content.frame.make_design(str(one.outcome))
            unit = content.tell_unit(str(one.outcome))
            blocks.append(
                draw_dose_response(design, content.frame.take(one.dose), one.dose, unit, one.level)
            )
    return Section("Dose and response", tuple(blocks))


def _tell_otherwise(content: Content) -> tuple[Block, ...]:
    """The named dose again, in ways that assume less or another thing."""
    rows, notes = [], []
    for outcome in content.plan.outcomes:
        for permuted in content.find(DosePermutation, outcome):
            how = f"permutation, {permuted.replicates}"
            told = (write_number(permuted.estimate), "", f"p = {write_p(permuted.p)}")
            rows.append((name_outcome(outcome), permuted.dose, how, *told, str(permuted.n)))
            notes.append(permuted.notes)
        for bayes in content.find(BayesianSlope, outcome):
            above = f"P(slope > 0) = {bayes.probability_above_zero:.3f}"
            told = (write_number(bayes.estimate), write_interval(bayes.credible), above)
            rows.append(
                (name_outcome(outcome), bayes.dose, "Bayesian, weak prior", *told, str(bayes.n))
            )
            notes.append(bayes.notes)
    if not rows:
        return ()
    credible = f"{write_percent(content.plan.level)} % credible"
    head = ("outcome", "dose", "how", "slope", credible, "told", "n")
    return (Grid("The named dose in other ways.", head, tuple(rows)), *join_notes(notes))


def _head(content: Content) -> tuple[str, ...]:
    interval = name_interval(content.plan.level)
    return (
        "outcome", "dose", "method", "smallest that n shows", "estimate", interval,
        f"{interval}, HC3", "p", "n",
    )  # fmt: skip


def _find(content: Content, outcome: str) -> list[DoseResponse]:
    return list(content.find(DoseResponse, outcome))


def _tell(one: DoseResponse) -> tuple[str, ...]:
    beside = f", beside {', '.join(one.adjusted_for)}" if one.adjusted_for else ""
    method = "slope" if one.method is Method.LINEAR else one.method.replace("_", " ")
    role = "" if one.role is Role.NAMED else " (sensitivity)"
    interval = write_interval(one.ci)
    if one.ci_bootstrap is not None:
        interval += f"; bootstrap {write_interval(one.ci_bootstrap)}"
    return (
        name_outcome(one.outcome),
        f"{one.dose}{role}",
        f"{method}{beside}",
        write_number(one.smallest_shown),
        write_number(one.estimate),
        interval,
        write_interval(one.ci_hc3) if isinstance(one, DoseSlope) else "\u2013",
        write_p(one.p),
        str(one.n),
    )
