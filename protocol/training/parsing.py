"""A training plan out of its TOML text, with everything that is wrong told at once.

`read_plan` asks that every key and type is right; `parse_plan` also that nothing is named that
doesn't exist, so that its plan can be expanded.
"""

from collections.abc import Mapping

from msgspec.structs import replace

from protocol.errors import PlanError
from protocol.training.building import build
from protocol.training.linting.findings import Severity
from protocol.training.linting.structure import STRUCTURE_RULES
from protocol.training.plan import TrainingPlan
from protocol.training.provenance import DefaultClaims, read_defaults, take_claims
from protocol.training.toml_text import Document, load_toml


def parse_plan(text: str, bases: Mapping[str, str] | None = None) -> TrainingPlan:
    """The plan in `text`, usable. `bases` has the texts that it may extend, by name.

    Raises PlanError with every fault: of TOML (with its line), of keys and types, of names.
    """
    plan = read_plan(text, bases)
    found = [finding for rule in STRUCTURE_RULES for finding in rule(plan)]
    errors = [f"{one.where}: {one.message}" for one in found if one.severity is Severity.ERROR]
    if errors:
        raise PlanError(errors)
    return plan


def read_plan(text: str, bases: Mapping[str, str] | None = None) -> TrainingPlan:
    """The plan in `text` as it stands, contradictions and all. Raises PlanError."""
    wrong: list[str] = []
    document, defaults = _merge(load_toml(text), bases or {}, wrong)
    stripped, provenance = take_claims(document, defaults, wrong)
    stripped.pop("provenance", None)
    plan = build(TrainingPlan, stripped, "", wrong)
    if plan is None or wrong:
        raise PlanError(wrong)
    return replace(plan, provenance=provenance)


def _merge(
    own: Document, bases: Mapping[str, str], wrong: list[str]
) -> tuple[Document, dict[str, DefaultClaims]]:
    """The document with the tables it takes from its base, and the default claims of each."""
    own_defaults = read_defaults(own.get("provenance", {}), wrong)
    defaults = dict.fromkeys(own, own_defaults)
    name = own.pop("extends", None)
    if name is None:
        return own, defaults
    if not isinstance(name, str) or name not in bases:
        wrong.append(f"extends: there is no plan {name!r}; known are: {', '.join(sorted(bases))}")
        return own, defaults
    base = load_toml(bases[name])
    base_defaults = read_defaults(base.get("provenance", {}), wrong)
    return {**base, **own}, {**dict.fromkeys(base, base_defaults), **defaults}
