"""Where every field of a plan comes from, as its author claims it beside the fields.

A table lists its fields under `printed`, `inferred` or `study` and says in `source` and `why`
where it is printed and why it was inferred: one sentence for all, or a table with one for each.
`[provenance.<table>]` claims for all tables of a kind; `[provenance]` alone, with `origin` and
`source`, for the whole plan.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from msgspec import Struct

from protocol.training.building import build, join, list_fields, name_table
from protocol.training.plan import Provenance, TrainingPlan
from protocol.training.vocabulary import Origin

_CLAIM_KEYS: Final = ("printed", "inferred", "study", "source", "why")
_UNCLAIMED_TABLES: Final = frozenset({"notes", "provenance"})
_UNCLAIMED_FIELDS: Final = frozenset({"id"})  # our own handle on the thing, not a fact about it
_FIELDS: Final = list_fields(TrainingPlan)


class Claims(Struct, frozen=True, forbid_unknown_fields=True):
    """What one table says about its fields."""

    printed: tuple[str, ...] = ()
    inferred: tuple[str, ...] = ()
    study: tuple[str, ...] = ()
    source: str | dict[str, str] = ""
    why: str | dict[str, str] = ""

    def names(self) -> tuple[str, ...]:
        return self.printed + self.inferred + self.study

    def origin_of(self, field: str) -> Origin | None:
        return next((one for one in Origin if field in getattr(self, one.value)), None)

    def text_of(self, field: str, origin: Origin) -> str:
        """The words on a field of that origin; empty where there are none."""
        text = self.why if origin is Origin.INFERRED else self.source
        return text if isinstance(text, str) else text.get(field, "")


class DefaultClaims(Struct, frozen=True):
    """What a document says of whole kinds of tables, and of everything."""

    general: Provenance | None
    kinds: dict[str, Claims]


def read_defaults(table: object, wrong: list[str]) -> DefaultClaims:
    """The `[provenance]` of a document; faults go to `wrong`."""
    if not isinstance(table, dict):
        wrong.append("provenance: expected a table")
        return DefaultClaims(None, {})
    general = {key: value for key, value in table.items() if not isinstance(value, dict)}
    made = build(Provenance, general, "provenance", wrong) if general else None
    built = {
        kind: build(Claims, claims, join("provenance", kind), wrong)
        for kind, claims in table.items()
        if isinstance(claims, dict)
    }
    return DefaultClaims(made, {kind: claims for kind, claims in built.items() if claims})


def take_claims(
    document: Mapping[str, object], defaults: Mapping[str, DefaultClaims], wrong: list[str]
) -> tuple[dict[str, object], dict[str, Provenance]]:
    """The document without its claims, and the provenance of every field by path.

    `defaults` has those of each top-level key, for a plan that takes tables from another.
    """
    stripped: dict[str, object] = dict(document)
    provenance: dict[str, Provenance] = {}
    for kind, content in document.items():
        if kind in _UNCLAIMED_TABLES or not isinstance(content, (dict, list)):
            continue
        tables = content if isinstance(content, list) else [content]
        bare = [_without_claims(table) for table in tables]
        stripped[kind] = bare if isinstance(content, list) else bare[0]
        for where, table in _name_tables(kind, content):
            provenance.update(_claim_table(kind, where, table, defaults[kind], wrong))
    return stripped, provenance


def _without_claims(table: object) -> object:
    if not isinstance(table, dict):
        return table
    return {key: value for key, value in table.items() if key not in _CLAIM_KEYS}


def _name_tables(kind: str, content: object) -> Iterator[tuple[str, dict[str, object]]]:
    """Each table with its path, as `building` names it."""
    if isinstance(content, dict):
        yield kind, content
    elif isinstance(content, list):
        for position, table in enumerate(content):
            if isinstance(table, dict):
                yield name_table(kind, position, table), table


def _claim_table(
    kind: str, where: str, table: dict[str, object], defaults: DefaultClaims, wrong: list[str]
) -> dict[str, Provenance]:
    own_claims = {key: table[key] for key in _CLAIM_KEYS if key in table}
    own = build(Claims, own_claims, where, wrong) or Claims()
    claimed = {}
    for field in table:
        if field in _UNCLAIMED_FIELDS or field not in _FIELDS.get(kind, ()):
            continue  # a key that doesn't exist is told by `building`
        found = _find_claim(field, own, defaults.kinds.get(kind, Claims()), defaults.general)
        path = join(where, field)
        if found is None:
            wrong.append(f"{path}: says neither printed, inferred nor study; add it to one list")
        elif not found.source:
            asked = "why" if found.origin is Origin.INFERRED else "source"
            wrong.append(f"{path}: is {found.origin.value}, but its table has no {asked!r} for it")
        else:
            claimed[path] = found
    wrong.extend(_find_contradictions(own, table, where))
    return claimed


def _find_claim(
    field: str, own: Claims, kind: Claims, general: Provenance | None
) -> Provenance | None:
    """The nearest claim on a field; its words are the nearest that speak of such a claim."""
    origin = own.origin_of(field) or kind.origin_of(field)
    if origin is None:
        return general
    words = own.text_of(field, origin) or kind.text_of(field, origin)
    if not words and general and general.origin is origin:
        words = general.source
    return Provenance(origin, words)


def _find_contradictions(own: Claims, table: Mapping[str, object], where: str) -> Iterator[str]:
    names = own.names()
    for name in sorted(set(names)):
        if name not in table:
            yield f"{where}: says where {name!r} comes from, which isn't there"
        if names.count(name) > 1:
            yield f"{join(where, name)}: is in two of the lists printed, inferred and study"
