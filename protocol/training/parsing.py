"""A training plan out of its TOML text, with everything that is wrong told at once.

`read_plan` asks that every key and type is right; `parse_plan` also that nothing is named that
doesn't exist, so that its plan can be expanded.
"""

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from protocol.errors import PlanError
from protocol.training.building import build
from protocol.training.linting.findings import Severity
from protocol.training.linting.structure import STRUCTURE_RULES
from protocol.training.plan import TrainingPlan
from protocol.training.provenance import DefaultClaims, read_defaults, take_claims
from protocol.training.toml_lines import find_line, locate_lines
from protocol.training.toml_text import Document, load_toml


def parse_plan(text: str, bases: Mapping[str, str] | None = None) -> TrainingPlan:
    """The plan in `text`, usable. `bases` has the texts that it may extend, by name.

    Raises PlanError with every fault: of TOML (with its line), of keys and types, of names.
    """
    plan = read_plan(text, bases)
    found = [finding for rule in STRUCTURE_RULES for finding in rule(plan)]
    errors = [f"{one.where}: {one.message}" for one in found if one.severity is Severity.ERROR]
    if errors:
        raise PlanError(_with_lines(text, errors))
    return plan


def read_plan(text: str, bases: Mapping[str, str] | None = None) -> TrainingPlan:
    """The plan in `text` as it stands, contradictions and all. Raises PlanError."""
    document = load_toml(text)
    try:
        return read_document(document, bases)
    except PlanError as error:
        raise PlanError(_with_lines(text, error.violations)) from None


def read_document(document: Document, bases: Mapping[str, str] | None = None) -> TrainingPlan:
    """The plan in a TOML document as it stands, contradictions and all. Raises PlanError."""
    wrong: list[str] = []
    document, defaults = _merge(document, bases or {}, wrong)
    stripped, provenance = take_claims(document, defaults, wrong)
    stripped.pop("provenance", None)
    plan = build(TrainingPlan, stripped, "", wrong)
    if plan is None or wrong:
        raise PlanError(wrong)
    return replace(plan, provenance=provenance)


def _with_lines(text: str, wrong: Sequence[str]) -> list[str]:
    """Each sentence, which begins with a path, after the line of that path."""
    lines = locate_lines(text)
    found = [(find_line(lines, sentence.partition(": ")[0]), sentence) for sentence in wrong]
    return [f"line {line}, {sentence}" if line else sentence for line, sentence in found]


def _merge(
    own: Document, bases: Mapping[str, str], wrong: list[str]
) -> tuple[Document, dict[str, DefaultClaims]]:
    """The document with the tables it takes from its base, and the default claims of each."""
    own_defaults = read_defaults(own.get("provenance", {}), wrong)
    defaults = dict.fromkeys(own, own_defaults)
    name = own.get("extends")
    own = {key: value for key, value in own.items() if key != "extends"}
    if name is None:
        return own, defaults
    if not isinstance(name, str) or name not in bases:
        wrong.append(f"extends: there is no plan {name!r}; known are: {', '.join(sorted(bases))}")
        return own, defaults
    others = {key: text for key, text in bases.items() if key != name}  # so that it ends
    base, base_defaults = _merge(load_toml(bases[name]), others, wrong)
    return {**base, **own}, {**base_defaults, **defaults}
