"""The golden vectors, read from where the wire formats keep them."""

import json
from pathlib import Path
from typing import Any

import protocol.ble

FOLDER = Path(protocol.ble.__file__).parent / "vectors"

Vector = dict[str, Any]
Seen = dict[str, Any]


def read_vectors() -> list[tuple[str, Vector]]:
    """(format, vector) of every file."""
    return [
        (path.stem, vector)
        for path in sorted(FOLDER.glob("*.json"))
        for vector in json.loads(path.read_text("utf-8"))["vectors"]
    ]


def read_wires() -> list[bytes]:
    """The bytes of every vector that has any."""
    return [bytes.fromhex(v["frame_hex"]) for _, v in read_vectors() if v["frame_hex"]]
