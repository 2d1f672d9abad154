"""The plan of an analysis, written and hashed before anybody saw an outcome by arm."""

import hashlib
import tomllib
from typing import Annotated, Any, Final, Literal, Self

import msgspec

from protocol.ledger.canonical import encode_canonical
from server.errors import MethodError

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=60, pattern=r"^[a-z][a-z0-9_]*$")]
Count = Annotated[int, msgspec.Meta(ge=1_000, le=1_000_000)]
PRIMARY_DOSE: Final = "srpe_load_au"  # analysis.md: cumulative session-RPE load over 24 sessions


class AnalysisPlan(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`outcomes` are co-primary, in the order of Holm's family; `dose` is the one named in advance.

    `dose_sensitivity` are other doses, `confounders` columns that the dose's slope is adjusted for
    beside the baseline, `baseline` those of the table that compares the arms. `matrix` names what
    blood was measured in where a study has both.
    """

    outcomes: Annotated[tuple[Name, ...], msgspec.Meta(min_length=1)]
    dose: Name | None = None
    dose_sensitivity: tuple[Name, ...] = ()
    confounders: tuple[Name, ...] = ()
    baseline: tuple[Name, ...] = ()
    matrix: Literal["serum", "plasma"] | None = None
    alpha: Annotated[float, msgspec.Meta(gt=0, lt=0.5)] = 0.05
    permutations: Count = 10_000
    bootstrap: Count = 10_000
    seed: Annotated[int, msgspec.Meta(ge=0)] = 20_260_101

    def __post_init__(self) -> None:
        for name in ("outcomes", "dose_sensitivity", "confounders", "baseline"):
            listed = getattr(self, name)
            if len({*listed}) < len(listed):
                raise ValueError(f"{name} has a name twice")
        if self.dose is None and (self.dose_sensitivity or self.confounders):
            raise ValueError("dose_sensitivity and confounders are nothing without a dose")
        if self.dose in self.dose_sensitivity:
            raise ValueError("the dose named in advance is no sensitivity dose")

    @property
    def sha256(self) -> str:
        """The same exactly as long as the plan says the same."""
        return hashlib.sha256(encode_canonical(_plain(self))).hexdigest()

    @property
    def doses(self) -> tuple[str, ...]:
        """The named one first."""
        return ((self.dose,) if self.dose else ()) + self.dose_sensitivity

    @classmethod
    def from_toml(cls, text: str) -> Self:
        """Raises MethodError, saying where, for what is no plan."""
        try:
            return msgspec.convert(tomllib.loads(text), cls)
        except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
            raise MethodError(f"this is no plan of an analysis: {error}") from None


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
