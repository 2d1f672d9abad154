"""`manifest.json`: what a folder holds, from what, with checksums; no time of writing."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any, Final

from server.export.dataset.analysis_records import AnalysisHashes
from server.export.dataset.column import Column
from server.export.dataset.disclosure import LEAST, Disclosure
from server.export.dataset.holding_apart import HeldApart
from server.export.dataset.tallied import Tally

FORMAT: Final = 2  # 1 had exact values or none, and no approval by a second person
FILE: Final = "manifest.json"
SIMULATED: Final = "SIMULATED: no person stands behind these rows"


@dataclass(frozen=True, slots=True)
class Granted:
    """Request `number`, and the two people who let its words out."""

    number: int
    asked_by: str
    approved_by: str


@dataclass(frozen=True, slots=True)
class Band:
    """A column of bands that stands in place of the exact one called `of`.

    `limits` None: its words were put together.
    """

    table: str
    column: Column
    of: str
    limits: tuple[float, ...] | None


@dataclass(frozen=True, slots=True)
class Provenance:
    """`left_out`: columns by what they could give away. `withheld`: metrics, flags and columns
    whose numbers would give exact values. `versions`: of programs and formulas.

    `disclosure` is of what goes out, `exact` of exact values. `time_zone`: whose days study days
    are; None where the study has none, and they are those of UTC.

    `ledger_hmac` is the ledger's head under the recipient's key: who has both can tell what a
    dataset was made of, and two recipients' manifests have nothing in common. `apart`: which half
    of the study it holds. `analysis`: the plan and the lock that it is of.
    """

    profile: str
    recipient: str
    is_simulated: bool
    approved: Sequence[str]
    granted: Granted | None
    left_out: Mapping[str, Sequence[str]]
    bands: Sequence[Band]
    withheld: Mapping[str, Sequence[str]]
    disclosure: Disclosure
    exact: Disclosure
    time_zone: str | None
    versions: Mapping[str, Any]
    ledger_hmac: str
    apart: HeldApart
    analysis: AnalysisHashes

    @property
    def is_exact(self) -> bool:
        """Whether exact values go out, or what goes out tells no less than they do."""
        return self.disclosure == self.exact


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
        "approval": None if one.granted is None else asdict(one.granted),
        "left_out": {why: list(columns) for why, columns in one.left_out.items()},
        "bands": [_describe_band(band) for band in one.bands],
        "withheld": {kind: list(names) for kind, names in one.withheld.items()},
        "disclosure": _describe_disclosure(one.disclosure),
        "disclosure_of_exact_values": _describe_disclosure(one.exact),
        "study_days": {"time_zone": one.time_zone or "UTC", "stated": one.time_zone is not None},
        "versions": dict(one.versions),
        "ledger_hmac": one.ledger_hmac,
        "arms": _describe_arms(one),
        "analysis": dict(one.analysis.describe()),
    }


def _describe_arms(one: Provenance) -> dict[str, Any]:
    """Whether who trains can be told, and what doesn't go out so that it can't."""
    return {
        "approved": one.apart.is_whole,
        "unblinded": one.analysis.is_locked,
        "part": one.apart.part.value,
        "tables_without_rows": list(one.apart.empty),
        "withheld": list(one.apart.cells),
    }


def _describe_band(one: Band) -> dict[str, Any]:
    return {
        "column": f"{one.table}.{one.column.name}",
        "in_place_of": one.of,
        "limits": None if one.limits is None else list(one.limits),
        "words": list(one.column.values),
    }


def _describe_disclosure(one: Disclosure) -> dict[str, Any]:
    return {
        "columns": list(one.columns),
        "k": one.k,
        "least": LEAST,
        "participants_in_smaller_groups": one.n_in_small_groups,
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
