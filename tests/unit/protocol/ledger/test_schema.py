import json
import re
from pathlib import Path
from typing import Any

import protocol.ledger
from protocol.ledger.kinds import KINDS
from protocol.ledger.schema import render_schema
from tests.ledger_entries import Tablet, logged, to_json

STORED = Path(protocol.ledger.__file__).with_name("events.schema.json")
RENEW = (
    'python -c "from protocol.ledger.schema import render_schema; '
    "print(render_schema(), end='')\" > protocol/ledger/events.schema.json"
)


def _read() -> dict[str, Any]:
    schema: dict[str, Any] = json.loads(STORED.read_text("utf-8"))
    return schema


def test_the_stored_schema_is_the_vocabulary() -> None:
    """A kind that changes changes its schema in the same commit, for the tablet to see."""
    assert STORED.read_text("utf-8") == render_schema(), f"if the change is meant: {RENEW}"


def test_every_kind_is_one_branch_and_every_key_is_required() -> None:
    schema = _read()
    kinds = [branch["properties"]["kind"]["const"] for branch in schema["items"]["oneOf"]]
    assert kinds == list(KINDS)
    for name, definition in schema["$defs"].items():
        assert definition["additionalProperties"] is False, name
        optional = {"paper"} if name == "LedgerEvent" else set()
        required = set(definition.get("required", []))
        assert required == set(definition["properties"]) - optional, name


def test_a_set_fits_its_branch() -> None:
    event = to_json(Tablet().write("set", "P07/sit-to-stand/2", logged("sit-to-stand")))
    (branch,) = [
        one["properties"]
        for one in _read()["items"]["oneOf"]
        if one["properties"]["kind"]["const"] == "set"
    ]
    assert re.search(branch["about"]["pattern"], event["about"])
    assert not re.search(branch["about"]["pattern"], "P07")
    definition = _read()["$defs"]["SetLogged"]
    assert set(definition["properties"]) == set(event["value"])
