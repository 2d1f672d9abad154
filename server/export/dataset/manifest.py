"""`manifest.json`: what a folder holds, from what, with checksums; no time of writing."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any, Final

from server.export.dataset.disclosure import LEAST, Disclosure
from server.export.dataset.tallied import Tally

FORMAT: Final = 1
FILE: Final = "manifest.json"
SIMULATED: Final = "SIMULATED: no person stands behind these rows"


@dataclass(frozen=True, slots=True)
class Provenance:
    """`left_out`: columns by what they could give away. `versions`: of programs and formulas.

    `ledger_hmac` is the ledger's head under the recipient's key: who has both can tell what a
    dataset was made of, and two recipients' manifests have nothing in common.
    """

    profile: str
    recipient: str
    is_simulated: bool
    approved: Sequence[str]
    left_out: Mapping[str, Sequence[str]]
    disclosure: Disclosure
    versions: Mapping[str, Any]
    ledger_hmac: str


def write_manifest(folder: Path, provenance: Provenance, tallies: Sequence[Tally]) -> str:
    """Describe every file of the folder; returns the manifest's own SHA-256 in hex."""
    content = _describe(provenance) | {
        "tables": [_describe_table(one) for one in tallies],
        "files": [_describe_file(path) for path in sorted(folder.iterdir()) if path.is_file()],
    }
    text = f"{json.dumps(content, indent=2)}\n".encode()
    (folder / FILE).write_bytes(text)
    return sha256(text).hexdigest()


def _describe(one: Provenance) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "profile": one.profile,
        "recipient": one.recipient,
        "notice": SIMULATED if one.is_simulated else None,
        "simulated": one.is_simulated,
        "approved": list(one.approved),
        "left_out": {why: list(columns) for why, columns in one.left_out.items()},
        "disclosure": {
            "columns": list(one.disclosure.columns),
            "k": one.disclosure.k,
            "least": LEAST,
            "participants_in_smaller_groups": one.disclosure.n_in_small_groups,
        },
        "versions": dict(one.versions),
        "ledger_hmac": one.ledger_hmac,
    }


def _describe_table(tally: Tally) -> dict[str, Any]:
    absent: dict[str, dict[str, int]] = {}
    for (column, reason), n in sorted(tally.absent.items()):
        absent.setdefault(column, {})[reason] = n
    return {"name": tally.table.name, "rows": tally.n_rows, "absent": absent}


def _describe_file(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        digest = file_digest(file, "sha256").hexdigest()
    return {"name": path.name, "bytes": path.stat().st_size, "sha256": digest}
