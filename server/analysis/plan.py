"""The plan of an analysis, written and hashed before anybody saw an outcome by arm."""

import hashlib
import tomllib
from typing import Annotated, Any, Final, Literal, Self

import msgspec

from protocol.ledger.canonical import encode_canonical
from server.analysis.plan_refusal import tell_invalid
from server.errors import MethodError

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=60, pattern=r"^[a-z][a-z0-9_]*$")]
Count = Annotated[int, msgspec.Meta(ge=1_000, le=1_000_000)]
Sessions = Annotated[int, msgspec.Meta(ge=1, le=500)]
PRIMARY_DOSE: Final = "srpe_load_au"  # analysis.md: cumulative session-RPE load over 24 sessions


class AnalysisPlan(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`outcomes` are co-primary, in the order of Holm's family; `dose` is the one named in advance.

    `dose_sensitivity` are other doses, `confounders` columns that the dose's slope is adjusted for
    beside the baseline, `baseline` those of the table that compares the arms, as are
    `baseline_categories`, columns of words. `matrix` names what blood was measured in where a study
    has both.

    `dose_sessions`: "complete" has no dose of a course in which a session has no number, "prorated"
    counts such a session as the others of its week (dose-metrics 7) until too many are.
    `attendance` is the column of sessions that each came to, of `sessions_planned` (the study: 24);
    with it the analysis is told per protocol, and among compliers.
    """

    outcomes: Annotated[tuple[Name, ...], msgspec.Meta(min_length=1)]
    dose: Name | None = None
    dose_sensitivity: tuple[Name, ...] = ()
    confounders: tuple[Name, ...] = ()
    baseline: tuple[Name, ...] = ()
    baseline_categories: tuple[Name, ...] = ()
    dose_sessions: Literal["complete", "prorated"] = "complete"
    attendance: Name | None = None
    sessions_planned: Sessions = 24
    matrix: Literal["serum", "plasma"] | None = None
    alpha: Annotated[float, msgspec.Meta(gt=0, lt=0.5)] = 0.05
    permutations: Count = 10_000
    bootstrap: Count = 10_000
    seed: Annotated[int, msgspec.Meta(ge=0)] = 20_260_101

    def __post_init__(self) -> None:
        for name in ("outcomes", "dose_sensitivity", "confounders", "baseline_columns"):
            listed = getattr(self, name)
            if len({*listed}) < len(listed):
                raise ValueError(f"{name.removesuffix('_columns')} has a name twice")
        if self.dose is None and (self.dose_sensitivity or self.confounders):
            raise ValueError("dose_sensitivity and confounders are nothing without a dose")
        if self.dose in self.dose_sensitivity:
            raise ValueError("the dose named in advance is no sensitivity dose")
        self._check_roles()

    def _check_roles(self) -> None:
        """A column has one part in a regression; the baseline is in each as it is."""
        of_outcomes = {*self.outcomes}
        for name in self.outcomes:
            of_outcomes |= {f"{name}_pre", f"{name}_post"}
        for name in self.doses:
            if name in of_outcomes:
                raise ValueError(f"{name} is an outcome, and so no dose")
        for name in self.confounders:
            if name in of_outcomes:
                raise ValueError(
                    f"{name} is no confounder: the outcome's baseline is adjusted for anyhow, and"
                    " what came after is no cause of the dose"
                )
            if name in self.doses:
                raise ValueError(f"{name} is a dose, and so no confounder of it")

    @property
    def sha256(self) -> str:
        """The same exactly as long as the plan says the same."""
        told = _plain(self)
        unsaid = {name: value for name, value in _LATER.items() if told[name] == value}
        said = {name: value for name, value in told.items() if name not in unsaid}
        return hashlib.sha256(encode_canonical(said)).hexdigest()

    @property
    def level(self) -> float:
        """Of intervals: .95 where alpha is .05."""
        return round(1 - self.alpha, 15)

    @property
    def baseline_columns(self) -> tuple[str, ...]:
        """Numbers and words."""
        return self.baseline + self.baseline_categories

    @property
    def doses(self) -> tuple[str, ...]:
        """The named one first."""
        return ((self.dose,) if self.dose else ()) + self.dose_sensitivity

    @property
    def of_training_alone(self) -> tuple[str, ...]:
        """Columns that nobody of control has: whoever sees them sees who trains."""
        return self.doses if self.attendance is None else (*self.doses, self.attendance)

    @classmethod
    def from_toml(cls, text: str) -> Self:
        """Raises MethodError, saying where, for what is no plan."""
        try:
            return msgspec.convert(tomllib.loads(text), cls)
        except tomllib.TOMLDecodeError as error:
            raise MethodError(f"this is no plan of an analysis: {error}") from None
        except msgspec.ValidationError as error:
            told = tell_invalid(str(error))
            raise MethodError(f"this is no plan of an analysis: {told}") from None


# What plans could not say at first: where nothing is said of it, a plan's hash is as it was.
_LATER: Final[dict[str, Any]] = {
    "baseline_categories": (),
    "dose_sessions": "complete",
    "attendance": None,
    "sessions_planned": 24,
}


def list_departures(planned: AnalysisPlan, run: AnalysisPlan) -> list[str]:
    """What was run otherwise than planned, each as a sentence; none: as planned."""
    then, now = _plain(planned), _plain(run)
    return [
        f"{name}: planned {_tell(then[name])}, run {_tell(now[name])}."
        for name in then
        if then[name] != now[name]
    ]


def _plain(plan: AnalysisPlan) -> dict[str, Any]:
    """As JSON that has no floats, which canonical JSON doesn't take."""
    told: dict[str, Any] = msgspec.to_builtins(plan)
    return {**told, "alpha": repr(plan.alpha)}


def _tell(value: Any) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value)) or "none"
    return "none" if value is None else str(value)
