import json
from pathlib import Path

import protocol.messages
from protocol.messages.schema import render_schema

STORED = Path(protocol.messages.__file__).with_name("uplink.schema.json")
RENEW = (
    'python -c "from protocol.messages.schema import render_schema; '
    "print(render_schema(), end='')\" > protocol/messages/uplink.schema.json"
)


def test_the_stored_schema_is_the_messages() -> None:
    """A message that changes changes its schema in the same commit, for others to see."""
    assert STORED.read_text("utf-8") == render_schema(), f"if the change is meant: {RENEW}"


def test_what_makes_a_batch_is_required_and_what_came_later_isnt() -> None:
    """Fields added within a version need a default, or older gateways are shut out."""
    definitions = json.loads(STORED.read_text("utf-8"))["$defs"]
    batch = definitions["UplinkBatch"]
    assert batch["required"] == ["v", "gateway", "epoch", "first_seq", "records", "gaps"]
    record = definitions["NotificationRecord"]
    assert len(record["prefixItems"]) == record["minItems"] == 7
    gap = definitions["GapDeclaration"]
    assert gap["required"] == ["strap", "reason", "from_ns", "to_ns", "first_seq", "last_seq"]
    assert definitions["BatchReceipt"]["required"] == ["watermark", "server_utc"]
    radio = definitions["RadioReport"]
    assert radio["required"] == ["scans", "n_streaming", "most_streaming"]
