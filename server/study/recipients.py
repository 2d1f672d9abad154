"""Who gets datasets, by which key her pseudonyms are made, and what she was given."""

import hashlib
import secrets
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, select

from server.db.database import Database
from server.db.new_secret_file import write_new_secret
from server.errors import ConflictError, NotFoundError, RuleError
from server.study.approval import Approval
from server.study.approvals import read_approvals, require_request
from server.study.record_chain import append_numbered, append_record, lock_records
from server.study.tables import DATASETS_TAKEN, HANDED_OUT, RECIPIENTS
from server.study.told_levels import (
    EXACT_WORDS,
    Levels,
    may_be_told,
    read_levels,
    write_levels,
)
from server.study.told_parts import Part, may_join

MAX_NAME: Final = 60  # characters
KEY_BYTES: Final = 32
_PURPOSE: Final = b"doseline recipient key:"


@dataclass(frozen=True, slots=True)
class HandedOut:
    """One dataset. `approved` are what columns could give away, with the `reason` for all.

    `approval` is the number of the request that a second person approved. `levels`: how finely it
    told what may tell who somebody is; None of exact values, and of before it was noted. `part`:
    what of the study it held; those of before it was noted held all.
    """

    recipient: str
    profile: str
    approved: tuple[str, ...]
    reason: str | None
    manifest_sha256: str
    approval: int | None = None
    levels: Levels | None = field(default_factory=dict)
    part: Part = Part.OUTCOMES

    @property
    def is_exact(self) -> bool:
        """Whether it told exact values."""
        return not EXACT_WORDS.isdisjoint(self.approved)


@dataclass(frozen=True, slots=True)
class Noted:
    """The `number`-th dataset that was handed out, by whom and when.

    `taken`: (name, UTC in ns) of each time that somebody took its file from the console.
    `approval`: who asked for what was approved, and who approved it; of before there was a second
    person it is None.
    """

    number: int
    one: HandedOut
    recorded_by: str
    recorded_wall_ns: int
    taken: tuple[tuple[str, int], ...]
    approval: Approval | None = None


def read_key(text: str) -> bytes:
    """A recipient's key as its file has it. Raises RuleError, without what the file holds."""
    try:
        key = bytes.fromhex(text.strip())
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise RuleError("this file holds no recipient's key")
    return key


def tell_fingerprint(key: bytes) -> str:
    """What the study keeps of a key: enough to know it again, nothing to make pseudonyms with."""
    return hashlib.sha256(_PURPOSE + key).hexdigest()


def add_recipient(database: Database, name: str, key_file: Path, recorded_by: str) -> None:
    """Make her key, in a new file of mode 0600: the only place where it is kept.

    Raises RuleError for a name that is none, ConflictError for one that is taken, SettingsError
    when the file can't be made.
    """
    if not name.strip() or len(name) > MAX_NAME or not name.isprintable():
        raise RuleError(f"a recipient's name is one line of 1 to {MAX_NAME} characters")
    key = secrets.token_bytes(KEY_BYTES)
    with database.writing() as connection:
        if name in _read_fingerprints(connection):
            raise ConflictError(f"{name} is a recipient already; nothing was changed")
        row = {
            "name": name,
            "key_fingerprint": tell_fingerprint(key),
            "recorded_by": recorded_by,
            "recorded_wall_ns": time.time_ns(),
        }
        append_record(connection, RECIPIENTS, row)
        write_new_secret(key_file, key.hex(), "--key-file")


def require_recipient(connection: Connection, name: str, key: bytes) -> None:
    """Raises NotFoundError for a stranger, RuleError for a key that isn't hers."""
    fingerprint = _read_fingerprints(connection).get(name)
    if fingerprint is None:
        raise NotFoundError(
            f"{name} is no recipient of this study; add her with"
            f" 'doseline-server recipients add {name!r} --key-file F'"
        )
    if fingerprint != tell_fingerprint(key):
        raise RuleError(f"this is not the key of {name}; her rows would get other pseudonyms")


def note_handed_out(database: Database, one: HandedOut, recorded_by: str) -> int:
    """Append it, before anybody can take the files; returns its number.

    Raises RuleError for what was approved without an approval that lets her, or by one that was
    used for other data, and for what tells more finely than an earlier dataset of the recipient, or
    with one of them who trains.
    """
    with database.writing() as connection:
        lock_records(connection)
        if one.approved:
            _check_approval(connection, one, recorded_by)
        if one.levels is not None:
            _check_levels(one.levels, read_told_levels(connection, one.recipient))
        require_part(connection, one.recipient, one.part)
        row = {
            "recipient": one.recipient,
            "profile": one.profile,
            "approved": ",".join(one.approved),
            "reason": one.reason,
            "manifest_sha256": one.manifest_sha256,
            "recorded_by": recorded_by,
            "recorded_wall_ns": time.time_ns(),
            "approval": one.approval,
            "levels": None if one.levels is None else write_levels(one.levels),
            "part": one.part.value,
        }
        return append_numbered(connection, HANDED_OUT, row)


def note_taken(database: Database, handed_out: int, taken_by: str) -> None:
    """Append that somebody takes its file: before the first byte of it goes."""
    row = {"handed_out": handed_out, "taken_by": taken_by, "taken_wall_ns": time.time_ns()}
    with database.writing() as connection:
        append_numbered(connection, DATASETS_TAKEN, row)


def read_handed_out(connection: Connection) -> list[HandedOut]:
    """All of them, the oldest first."""
    return [noted.one for noted in read_noted(connection)]


def read_told_levels(connection: Connection, recipient: str) -> list[Levels]:
    """Of each dataset in bands that she was given, the oldest first.

    Raises RuleError where one is of before levels were noted: nobody knows what another would add.
    """
    told = []
    for noted in read_noted(connection):
        one = noted.one
        if one.recipient != recipient or one.is_exact or one.part is Part.NEITHER:
            continue
        if one.levels is None:
            raise RuleError(
                f"dataset {noted.number} went to {recipient} before it was noted how coarse its"
                " bands are, and another one beside it could tell who somebody is: have a second"
                " person approve exact_values, or add a recipient of another name"
            )
        told.append(one.levels)
    return told


def require_part(connection: Connection, recipient: str, part: Part) -> None:
    """Raises RuleError where another dataset of hers, joined with this one, would tell the arm."""
    noted = [one for one in read_noted(connection) if one.one.recipient == recipient]
    if may_join(part, [one.one.part for one in noted]):
        return
    first = next(one for one in noted if not may_join(part, [one.one.part]))
    raise RuleError(
        f"dataset {first.number} of {recipient}, joined with the {part} of this one, would tell who"
        " trains: have a second person approve arms, or add a recipient of another name"
    )


def read_noted(connection: Connection) -> list[Noted]:
    """The same with number, name, time, and who took it."""
    taken: defaultdict[int, list[tuple[str, int]]] = defaultdict(list)
    for row in connection.execute(select(DATASETS_TAKEN).order_by(DATASETS_TAKEN.c.number)):
        taken[row.handed_out].append((row.taken_by, row.taken_wall_ns))
    approvals = {one.number: one for one in read_approvals(connection)}
    rows = connection.execute(select(HANDED_OUT).order_by(HANDED_OUT.c.number))
    return [_read_noted(row, tuple(taken[row.number]), approvals.get(row.approval)) for row in rows]


def list_recipients(connection: Connection) -> list[str]:
    """Who may be given datasets, by name."""
    return sorted(_read_fingerprints(connection))


def _check_approval(connection: Connection, one: HandedOut, builder: str) -> None:
    if one.approval is None:
        raise RuleError("what was approved needs the approval of a second person")
    found = require_request(connection, one.approval)
    is_for = found.is_for(one.recipient, one.profile, one.approved)
    if not is_for or not found.lets(builder):
        raise RuleError(f"approval {found.number} isn't for this dataset, or not for {builder}")
    if found.manifest_sha256 not in (None, one.manifest_sha256):
        raise RuleError(
            f"approval {found.number} was used for a dataset of other data; ask for a new one"
        )


def _check_levels(levels: Levels, before: list[Levels]) -> None:
    """What was built while another dataset was handed out may not fit it any more."""
    for name, one in levels.items():
        if not may_be_told(name, one, before):
            raise RuleError(
                f"an earlier dataset of this recipient told {name} more coarsely, or not at all;"
                " build this one again"
            )


def _read_noted(row: Any, taken: tuple[tuple[str, int], ...], approval: Approval | None) -> Noted:
    approved = tuple(word for word in row.approved.split(",") if word)
    levels = None if row.levels is None else read_levels(row.levels)
    told = (row.reason, row.manifest_sha256, row.approval, levels)
    part = Part.WHOLE if row.part is None else Part(row.part)
    one = HandedOut(row.recipient, row.profile, approved, *told, part)
    return Noted(row.number, one, row.recorded_by, row.recorded_wall_ns, taken, approval)


def _read_fingerprints(connection: Connection) -> dict[str, str]:
    return {row.name: row.key_fingerprint for row in connection.execute(select(RECIPIENTS))}
