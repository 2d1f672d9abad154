"""The evidence of a rehearsal read by a second hand: not by the code that made the verdict."""

import csv
import json
from collections import defaultdict
from pathlib import Path
from typing import Any

Streams = dict[tuple[str, str], list[bytes]]  # (strap, characteristic) -> payloads in order


def read_sent(folder: Path) -> Streams:
    """What truth.json says was sent."""
    document: dict[str, Any] = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    streams: defaultdict[tuple[str, str], list[bytes]] = defaultdict(list)
    for value in document["sent"]:
        payload = bytes.fromhex(value["payload_hex"])
        streams[value["strap"], value["characteristic"]].append(payload)
    return dict(streams)


def read_archived(folder: Path) -> Streams:
    """What the export holds, in the gateway's numbering, its own observations left out."""
    with (folder / "export" / "notifications.csv").open(newline="", encoding="utf-8") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: int(row["seq"]))
    streams: defaultdict[tuple[str, str], list[bytes]] = defaultdict(list)
    for row in rows:
        if "/" not in row["characteristic"]:
            payload = bytes.fromhex(row["payload_hex"])
            streams[row["strap"], row["characteristic"]].append(payload)
    return dict(streams)
