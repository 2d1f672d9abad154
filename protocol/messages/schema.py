"""JSON schema of the messages, for whoever speaks to the server in another language.

The wire is MessagePack: where the schema says a base64 string, the wire has plain bytes.
"""

import json
from inspect import cleandoc

import msgspec

from protocol.messages.roster import Roster
from protocol.messages.uplink import UPLINK_VERSION, BatchReceipt, LinkEvent, UplinkBatch

MESSAGES = (UplinkBatch, BatchReceipt, LinkEvent, Roster)


def render_schema() -> str:
    """The text of uplink.schema.json, which a test compares with the file."""
    references, components = msgspec.json.schema_components(MESSAGES, ref_template="#/$defs/{name}")
    for component in components.values():  # Python 3.13 keeps no indents in docstrings
        component["description"] = cleandoc(component["description"])
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"doseline uplink, version {UPLINK_VERSION}",
        "description": "Sent as MessagePack; base64 strings here are plain bytes there.",
        "anyOf": list(references),
        "$defs": components,
    }
    return json.dumps(schema, indent=2, sort_keys=True) + "\n"
