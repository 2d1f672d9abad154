"""JSON schema of the events, for whoever writes to the ledger in another language."""

import json
from typing import Any

import msgspec

from protocol.ledger.event import LedgerEvent
from protocol.ledger.kinds import KINDS


def render_schema() -> str:
    """The text of events.schema.json, which a test compares with the file."""
    values = [kind.value for kind in KINDS.values()]
    (envelope, *references), components = msgspec.json.schema_components(
        [LedgerEvent, *values], ref_template="#/$defs/{name}"
    )
    for component in components.values():
        _tidy(component)
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "doseline ledger events",
        "description": "Posted as a JSON list. Rules across fields are checked besides this.",
        "type": "array",
        "items": {
            **envelope,
            "oneOf": [
                _branch(name, reference) for name, reference in zip(KINDS, references, strict=True)
            ],
        },
        "$defs": components,
    }
    return json.dumps(schema, indent=2, sort_keys=True) + "\n"


def _branch(name: str, reference: dict[str, Any]) -> dict[str, Any]:
    kind = KINDS[name]
    return {
        "title": f"{name} ({kind.sort.value})",
        "properties": {
            "kind": {"const": name},
            "about": {"pattern": f"^({_without_names(kind.about.pattern.pattern)})$"},
            "value": {"anyOf": [reference, {"type": "null"}]},
        },
    }


def _without_names(pattern: str) -> str:
    for name in ("participant", "exercise", "number"):
        pattern = pattern.replace(f"(?P<{name}>", "(")
    return pattern


def _tidy(component: dict[str, Any]) -> None:
    """Python 3.13 keeps no indents in docstrings, and an inherited one says nothing."""
    description = component.pop("description", None)
    if description is not None:
        component["description"] = " ".join(description.split())
