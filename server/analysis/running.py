"""Runs a plan on a frame: every result, and in its place a sentence where a method refuses."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from server.analysis.answering_attendance import answer_attendance
from server.analysis.answering_missing import answer_missing
from server.analysis.frame import Frame
from server.analysis.methods.ancova import Ancova, adjust_co_primary
from server.analysis.methods.baseline_category import compare_categories
from server.analysis.methods.design import Floats, TwoByTwo
from server.analysis.methods.dose_response.bayesian import compute_bayesian_slope
from server.analysis.methods.dose_response.doses import answer_doses
from server.analysis.methods.dose_response.permuted_slope import permute_dose_slope
from server.analysis.methods.dose_response.trained import Trained, select_training
from server.analysis.methods.power.planning import find_minimum_detectable
from server.analysis.methods.result import Result
from server.analysis.plan import AnalysisPlan
from server.analysis.refusal import Refusal
from server.analysis.shown_effects import list_asked
from server.analysis.steps import OF_AN_OUTCOME, Step, compare_baseline_column, name_baseline_of
from server.errors import MethodError

TellStep = Callable[[str, str | None], None]  # the analysis that begins, and of which outcome


@dataclass(frozen=True, slots=True)
class Analysis:
    """`results` in the order of the report; `refusals` beside them."""

    results: tuple[Result, ...]
    refusals: tuple[Refusal, ...]

    def to_json(self) -> dict[str, Any]:
        """As promised for `results.json`, with what was refused beside."""
        return {
            "results": [one.to_json() for one in self.results],
            "refusals": [
                {"analysis": one.analysis, "outcome": one.outcome, "why": one.why}
                for one in self.refusals
            ],
        }


def tell_nobody(_analysis: str, _outcome: str | None) -> None:
    """Where nobody waits."""


def count_steps(plan: AnalysisPlan) -> int:
    """How often `run_analysis` tells."""
    return 2 + len(plan.outcomes) * (len(OF_AN_OUTCOME) + (plan.dose is not None))


def run_analysis(frame: Frame, plan: AnalysisPlan, tell: TellStep = tell_nobody) -> Analysis:
    """Raises MethodError where the frame lacks a column that the plan names."""
    for name in list_columns(plan):
        frame.take(name)
    for name in plan.baseline_categories:
        frame.take_category(name)
    designs = {outcome: frame.make_design(outcome) for outcome in plan.outcomes}
    tell("independent_t", None)
    told = [*_compare_baselines(frame, plan)]
    for design in designs.values():
        of_outcome = [
            *_answer_outcome(design, plan, tell),
            *answer_missing(frame, design, plan),
            *answer_attendance(frame, design, plan),
        ]
        if plan.dose is not None:
            tell("dose_response", design.outcome)
        of_outcome += _answer_doses(frame, design, plan)
        told += [_tell_censored(one, design) for one in of_outcome]
    tell("power", None)
    told += _tell_power(frame, plan)
    told = [_check_finite(one) for one in told]
    results = [one for one in told if isinstance(one, Result)]
    refusals = list(dict.fromkeys(one for one in told if isinstance(one, Refusal)))
    return Analysis(_adjust(results, plan), tuple(refusals))


def list_columns(plan: AnalysisPlan) -> list[str]:
    """Columns of numbers that a plan needs beside its outcomes, each once."""
    names = (*plan.baseline, *plan.of_training_alone, *plan.confounders)
    return list(dict.fromkeys(names))


def _compare_baselines(frame: Frame, plan: AnalysisPlan) -> Iterator[Result | Refusal]:
    names = (*plan.baseline, *(name_baseline_of(outcome) for outcome in plan.outcomes))
    for name in dict.fromkeys(names):
        try:
            yield compare_baseline_column(frame, name, plan)
        except MethodError as error:
            yield Refusal("independent_t", None, str(error))
    for name in plan.baseline_categories:
        words = frame.take_category(name)
        try:
            yield compare_categories(name, frame.codes, frame.group, words)
        except MethodError as error:
            yield Refusal("baseline_category", None, str(error))


def _tell_censored(one: Result | Refusal, design: TwoByTwo) -> Result | Refusal:
    """With a note of what is outside the assay's limits, and so in no analysis of values."""
    if design.censoring is None or isinstance(one, Refusal):
        return one
    note = design.censoring.describe(design.outcome, design.is_training)
    return replace(one, notes=(note, *one.notes))


def _check_finite(one: Result | Refusal) -> Result | Refusal:
    """A refusal in the place of a result that has no finite number."""
    try:
        if isinstance(one, Result):
            one.to_json()
    except MethodError as error:
        return Refusal(one.analysis, one.outcome, str(error))
    return one


def _answer_outcome(
    design: TwoByTwo, plan: AnalysisPlan, tell: TellStep
) -> Iterator[Result | Refusal]:
    for step in OF_AN_OUTCOME:
        tell(step.name, design.outcome)
        yield from _try(step, design, plan)


def _try(step: Step, design: TwoByTwo, plan: AnalysisPlan) -> Iterable[Result | Refusal]:
    try:
        found = step.compute(design, plan)
        return [found] if isinstance(found, Result) else list(found)
    except MethodError as error:
        return [Refusal(step.name, design.outcome, str(error))]


def _answer_doses(frame: Frame, design: TwoByTwo, plan: AnalysisPlan) -> Iterable[Result | Refusal]:
    if plan.dose is None:
        return []
    doses = {name: frame.take(name) for name in plan.doses}
    beside = {name: frame.take(name) for name in plan.confounders}
    try:
        answers = answer_doses(
            design, doses, plan.dose, plan.seed, beside, plan.bootstrap, level=plan.level
        )
    except MethodError as error:
        return [Refusal("dose_response", design.outcome, str(error))]
    refused = [Refusal("dose_response", design.outcome, why) for why in answers.refused]
    return [*answers.results, *_ask_otherwise(design, doses[plan.dose], plan), *refused]


def _ask_otherwise(design: TwoByTwo, dose: Floats, plan: AnalysisPlan) -> Iterable[Result]:
    """The named dose without a normal distribution, and with a prior that expects nothing."""
    arm = select_training(design)
    trained = Trained.from_design(arm, str(plan.dose), dose[design.is_training])
    permuted = permute_dose_slope(trained, plan.seed, replicates=plan.permutations)
    return [permuted, compute_bayesian_slope(trained, level=plan.level)]


def _tell_power(frame: Frame, plan: AnalysisPlan) -> Iterator[Result | Refusal]:
    for design, n in list_asked(frame):
        try:
            yield find_minimum_detectable(design, n, alpha=plan.alpha)
        except MethodError as error:
            yield Refusal("power", None, str(error))


def _adjust(results: list[Result], plan: AnalysisPlan) -> tuple[Result, ...]:
    """Holm over all outcomes of the plan, where each has its ANCOVA."""
    primary = [one for one in results if isinstance(one, Ancova)]
    adjusted = adjust_co_primary(primary, len(plan.outcomes))
    new = {id(one): told for one, told in zip(primary, adjusted, strict=True)}
    return tuple(new.get(id(one), one) for one in results)
