"""The methods, in words that a paper can take."""

from typing import Final

from server.analysis.methods.missing.imputation import SETS
from server.analysis.methods.result import write_percent
from server.analysis.plan_words import tell_dose_sessions, tell_enough
from server.analysis.report.column_words import name_outcome
from server.analysis.report.content import Content
from server.analysis.report.document import Section, Text

_PRIMARY: Final = (
    "{outcomes} after the intervention were compared between the arms by analysis of covariance"
    " with the baseline value as covariate (Vickers and Altman 2001), complete pairs, two-sided"
    " \u03b1 = {alpha:g}{holm}. Intervals are of {level} %; those with HC3 errors stand beside."
)
_BESIDE: Final = (
    "A mixed analysis of variance with type III sums of squares, partial and generalised"
    " \u03b7\u00b2 (Olejnik and Algina 2003; intervals of noncentral F, of"
    " 90 % whatever \u03b1,"
    " \u03bb/(\u03bb+N) with N = df1 + df2 + 1), Hedges g"
    " with its exact correction and noncentral t interval, Welch's t,"
    " the Mann\u2013Whitney test (exact where there are no ties), Freedman\u2013Lane permutation"
    " ({permutations} permutations), BCa bootstrap ({bootstrap} resamples, seed {seed}) and mixed"
    " models with Kenward\u2013Roger degrees of freedom are shown beside it, and where a value"
    " after is missing multiple imputation ({sets} sets, Rubin's rules); Shapiro\u2013Wilk, Levene"
    " and Box tests decide nothing."
)
_DOSE: Final = (
    "Within the training arm, {dose}, {named}, was related to the outcome after the"
    " intervention beside its baseline value by linear regression and by partial correlations"
    " (Fisher's z; Bonett and Wright 2000 for ranks); other doses are sensitivity analyses."
    " Doses are {sessions}."
)
_ATTENDANCE: Final = (
    "Secondary analyses are the same analysis of covariance per protocol, of all of control and of"
    " those in training who came to {enough}, and the effect among compliers with the allocated arm"
    " as instrument (Angrist, Imbens and Rubin 1996; Anderson and Rubin 1949 for its interval)."
)
_CENSORED: Final = (
    "Concentrations outside the assay's limits have no value in any of these; sensitivity analyses"
    " are the analysis of covariance with half the lower limit in their place, and a Tobit"
    " regression on arm and baseline (Tobin 1958), by maximum likelihood. Multiple imputation takes"
    " none of them."
)


def write_methods(content: Content) -> Section:
    """As planned and as run; numbers of replicates from the plan."""
    sentences = _list_sentences(content)
    if content.frame.censored:
        sentences.append(_CENSORED)
    return Section("Methods", tuple(map(Text, sentences)))


def _list_sentences(content: Content) -> list[str]:
    plan = content.plan
    n = len(plan.outcomes)
    sentences = [
        _PRIMARY.format(
            outcomes=" and ".join(map(name_outcome, plan.outcomes)),
            alpha=plan.alpha,
            level=write_percent(plan.level),
            holm=f", with Holm's adjustment over {n}" if n > 1 else "",
        ),
        _BESIDE.format(
            permutations=plan.permutations, bootstrap=plan.bootstrap, seed=plan.seed, sets=SETS
        ),
    ]
    if plan.attendance is not None:
        sentences.append(_ATTENDANCE.format(enough=tell_enough(plan)))
    if plan.dose is not None:
        told = _tell_doses(content)
        sentences.append(_DOSE.format(dose=plan.dose, named=content.named, sessions=told))
    return sentences


def _tell_doses(content: Content) -> str:
    """Of rows of a file nobody here knows how their doses came about."""
    if content.reporting is None:
        return "as the file has them"
    return f"of whole courses, {tell_dose_sessions(content.plan)}"
