"""A link of the chain over a study's records: which row it vouches for, and as what. Pure.

The construction is the ledger's (`server.sessions.chain`): a link commits to a row that lies in a
table of its own.
"""

from collections.abc import Mapping
from typing import Any, Final

from protocol.ledger.canonical import encode_canonical
from server.sessions.chain import Head, commit_content, extend_chain

SALT: Final = "salt"  # the column of a row that can be erased
_ACT: Final = ("recorded_by", "recorded_wall_ns")
AT_ONCE: Final = "at_once"  # in the transaction that stored the row
AFTERWARDS: Final = "afterwards"  # the row was there before the chain: vouched for since then only


def make_link(
    head: Head, table: str, key: str, row: Mapping[str, Any], salt: bytes, chained: str = AT_ONCE
) -> dict[str, Any]:
    """The columns of `record_chain` for one more row.

    Of one that has its salt itself, and can be erased, the act stays: who stored it, and when.
    """
    envelope = {"id": name_record(table, key), "kind": table, "about": key, "chained": chained}
    has_own = row.get(SALT) is not None
    if has_own:
        salt = bytes(row[SALT])
        envelope |= {name: row[name] for name in _ACT}
    commitment = commit_content(salt, list_said(row), None)
    extended = extend_chain(head, envelope, commitment)
    return {
        "n": extended.n,
        **{name: envelope[name] for name in ("id", "kind", "about")},
        "envelope": encode_canonical(envelope).decode(),
        "salt": b"" if has_own else salt,
        "commitment": commitment,
        "hash": extended.hash,
    }


def name_record(table: str, key: str) -> str:
    """As findings name it: `handed_out/3`."""
    return f"{table}/{key}"


def list_said(row: Mapping[str, Any]) -> dict[str, Any]:
    """What a row says. Empty columns say nothing, so that a table may get one more of them.

    Numbers with a fraction as the shortest text that gives them back: canonical JSON has none.
    """
    return {
        name: repr(value) if isinstance(value, float) else value
        for name, value in row.items()
        if value is not None and name != SALT
    }
