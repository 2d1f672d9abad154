"""Licensed wording of the scales of effort: loaded into a study, withdrawn when a licence ends."""

import hashlib
import time
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from protocol.training.anchors import AnchorPack, parse_anchor_pack
from server.errors import NotFoundError, RuleError
from server.study.tables import ANCHOR_PACKS


@dataclass(frozen=True, slots=True)
class LoadedPack:
    """A pack as it was loaded; `pack` is None where it was withdrawn."""

    number: int
    scale: str
    pack: AnchorPack | None
    sha256: str
    statement: str
    recorded_by: str
    recorded_wall_ns: int


def load_pack(connection: Connection, text: str, statement: str, recorded_by: str) -> LoadedPack:
    """Show these words from now on, in place of those of the same scale. Says on which licence.

    Raises PlanError for a text that is no pack, and RuleError.
    """
    pack = parse_anchor_pack(text)
    if not statement.strip():
        raise RuleError("say on which licence: --statement 'who licensed it to whom, for what'")
    digest = hashlib.sha256(text.encode()).hexdigest()
    shown = read_packs(connection).get(pack.scale)
    if shown is not None and shown.sha256 == digest:
        raise RuleError("this very pack is shown already; nothing was changed")
    return _append(connection, pack.scale, (text, digest), statement, recorded_by)


def withdraw_pack(
    connection: Connection, scale: str, statement: str, recorded_by: str
) -> LoadedPack:
    """Show only numbers and the study's own end words again. Raises NotFoundError or RuleError."""
    shown = read_packs(connection).get(scale)
    if shown is None:
        raise NotFoundError(f"no pack of {scale} is shown; see 'doseline-server anchors list'")
    if not statement.strip():
        raise RuleError("a withdrawal needs a reason")
    return _append(connection, scale, (None, shown.sha256), statement, recorded_by)


def read_packs(connection: Connection) -> dict[str, LoadedPack]:
    """By scale: the pack that is shown."""
    newest = {one.scale: one for one in read_all_packs(connection)}
    return {scale: one for scale, one in newest.items() if one.pack is not None}


def read_all_packs(connection: Connection) -> list[LoadedPack]:
    """All that was loaded or withdrawn, oldest first."""
    rows = connection.execute(select(ANCHOR_PACKS).order_by(ANCHOR_PACKS.c.number))
    return [_read(row) for row in rows]


def _append(
    connection: Connection,
    scale: str,
    content: tuple[str | None, str],
    statement: str,
    recorded_by: str,
) -> LoadedPack:
    row = {
        "number": len(read_all_packs(connection)) + 1,
        "scale": scale,
        "content": content[0],
        "sha256": content[1],
        "statement": statement.strip(),
        "recorded_by": recorded_by,
        "recorded_wall_ns": time.time_ns(),
    }
    connection.execute(insert(ANCHOR_PACKS), [row])
    return read_all_packs(connection)[-1]


def _read(row: Row[Any]) -> LoadedPack:
    return LoadedPack(
        row.number,
        row.scale,
        None if row.content is None else parse_anchor_pack(row.content),
        row.sha256,
        row.statement,
        row.recorded_by,
        row.recorded_wall_ns,
    )
