"""Effect sizes, and the same question asked in ways that assume less."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from server.analysis.methods.adherence.compliers import ComplierEffect
from server.analysis.methods.adherence.per_protocol import PerProtocol
from server.analysis.methods.bootstrap import Bootstrap
from server.analysis.methods.censored.half_limit import HalfLimitAncova
from server.analysis.methods.censored.tobit import Tobit
from server.analysis.methods.hedges_g import HedgesG
from server.analysis.methods.mann_whitney import MannWhitney
from server.analysis.methods.missing.multiple import MultipleImputation
from server.analysis.methods.mixed.model import MixedModel
from server.analysis.methods.permutation import Permutation
from server.analysis.methods.result import Result
from server.analysis.methods.welch_t import WelchT
from server.analysis.report.column_words import name_outcome
from server.analysis.report.content import Content
from server.analysis.report.document import Grid, Section, join_notes
from server.analysis.report.number_words import name_interval, write_interval, write_number, write_p

_CAPTION: Final = "Training minus control, in ways that assume less or tell another thing."


def write_robustness(content: Content) -> Section | None:
    """None where all were refused."""
    found = list(_list(content))
    if not found:
        return None
    interval = name_interval(content.plan.level)
    head = ("outcome", "analysis", "of", "estimate", interval, "statistic", "p", "n")
    grid = Grid(_CAPTION, head, tuple(map(_tell, found)))
    notes = join_notes([one.notes for one in found])
    return Section("Effect sizes and robustness", (grid, *notes))


def _list(content: Content) -> Iterator[Result]:
    for outcome in content.plan.outcomes:
        for kind in _TOLD:
            yield from content.find(kind, outcome)


def _tell(one: Any) -> tuple[str, ...]:
    """Name, what of, statistic and p by its kind; estimate and interval are alike in all."""
    name, of, statistic, p = _TOLD[type(one)](one)
    interval = write_interval(one.ci) if hasattr(one, "ci") else ""
    parts = (name, of, write_number(one.estimate), interval, statistic, p)
    return (name_outcome(one.outcome), *(part.replace("_", " ") for part in parts), str(one.n))


def _tell_g(one: Any) -> tuple[str, ...]:
    return ("Hedges g", str(one.measure), "", "")


def _tell_welch(one: Any) -> tuple[str, ...]:
    statistic = f"t = {write_number(one.t)} ({write_number(one.df)})"
    return ("Welch t", str(one.measure), statistic, write_p(one.p))


def _tell_ranks(one: Any) -> tuple[str, ...]:
    how = "exact" if one.exact else "asymptotic"
    name = f"Mann\u2013Whitney, {how}"
    return (name, str(one.measure), f"U = {write_number(one.U)}", write_p(one.p))


def _tell_permutation(one: Any) -> tuple[str, ...]:
    name = f"permutation, {one.replicates}"
    return (name, str(one.measure), f"F = {write_number(one.F)}", write_p(one.p))


def _tell_bootstrap(one: Any) -> tuple[str, ...]:
    return (f"BCa bootstrap, {one.replicates}", str(one.measure), "", "")


def _tell_mixed(one: Any) -> tuple[str, ...]:
    statistic = f"t = {write_number(one.t)} ({write_number(one.df)}, {one.df_method})"
    name = f"mixed model, {one.model}, {one.covariance}"
    return (name, f"{one.n_observations} measurements", statistic, write_p(one.p))


def _tell_imputed(one: Any) -> tuple[str, ...]:
    n = one.n_imputed_control + one.n_imputed_training
    of = f"{n} posts imputed from {', '.join(one.imputed_from)}"
    return (
        f"multiple imputation, {one.sets} sets",
        of,
        f"({write_number(one.df)} df)",
        write_p(one.p),
    )


def _tell_protocol(one: Any) -> tuple[str, ...]:
    left_out = f"{one.n_left_out} who came to too few sessions left out"
    return ("ANCOVA per protocol", left_out, "", write_p(one.p))


def _tell_compliers(one: Any) -> tuple[str, ...]:
    came = f"{one.n_came} who came to enough sessions"
    return ("effect among compliers", came, f"({one.df} df)", write_p(one.p))


def _tell_half(one: Any) -> tuple[str, ...]:
    of = f"{one.n_substituted} values below the LLOQ"
    return ("ANCOVA with half the LLOQ (sensitivity)", of, f"({one.df} df)", write_p(one.p))


def _tell_tobit(one: Any) -> tuple[str, ...]:
    of = f"{one.n_below} posts below the LLOQ, {one.n_above} above the ULOQ"
    return ("Tobit regression (sensitivity)", of, f"z = {write_number(one.z)}", write_p(one.p))


_TOLD: Final[Mapping[type[Result], Callable[[Any], tuple[str, ...]]]] = {
    HedgesG: _tell_g,
    WelchT: _tell_welch,
    MannWhitney: _tell_ranks,
    Permutation: _tell_permutation,
    Bootstrap: _tell_bootstrap,
    MixedModel: _tell_mixed,
    MultipleImputation: _tell_imputed,
    PerProtocol: _tell_protocol,
    ComplierEffect: _tell_compliers,
    HalfLimitAncova: _tell_half,
    Tobit: _tell_tobit,
}
