"""Writes what quality rules found with a session's projection, and reads it back."""

from collections.abc import Iterable

import msgspec
from sqlalchemy import Connection, select

from server.projection.lost_time import LostTime
from server.projection.quality.finding import Finding, Hit
from server.projection.quality.rules import RULES, judge_course, judge_session
from server.projection.quality.seen import EveningSigns, HeartSigns
from server.projection.quality.session_seeing import LookedAt
from server.projection.tables import FINDINGS, HEART_SIGNS, LOST_TIME

_hit_decoder = msgspec.json.Decoder(Hit)
_signs_decoder = msgspec.json.Decoder(HeartSigns)
_lost_decoder = msgspec.json.Decoder(LostTime)


def write_quality(connection: Connection, looked_at: LookedAt) -> None:
    """In the transaction that wrote the session anew, which took the older rows away.

    An evening may change what others are compared with: those rules are asked about all of them.
    """
    seen = looked_at.seen
    keys = {"session": seen.session}
    lost = [
        {**keys, "participant": person.code, "stream": name, "content": _encode(stream.lost)}
        for person in seen.people
        for name, stream in person.streams.items()
    ]
    signs = [
        {**keys, "participant": code, "at_ms": looked_at.signs.at_ms, "content": _encode(one)}
        for code, one in looked_at.signs.of.items()
    ]
    for table, rows in ((LOST_TIME, lost), (HEART_SIGNS, signs)):
        if rows:
            connection.execute(table.insert(), rows)
    compared = [rule.key for rule in RULES if rule.in_course is not None]
    connection.execute(FINDINGS.delete().where(FINDINGS.c.rule.in_(compared)))
    _insert(connection, [*judge_session(seen), *judge_course(read_signs(connection))])


def read_findings(connection: Connection) -> list[Finding]:
    """Everything found, by session, rule and subject."""
    order = (FINDINGS.c.session, FINDINGS.c.rule, FINDINGS.c.subject)
    rows = connection.execute(select(FINDINGS).order_by(*order))
    return [
        Finding(row.session, row.rule, row.version, _hit_decoder.decode(row.content))
        for row in rows
    ]


def read_signs(connection: Connection) -> list[EveningSigns]:
    """Of all evenings."""
    evenings: dict[str, EveningSigns] = {}
    for row in connection.execute(select(HEART_SIGNS)):
        evening = evenings.setdefault(row.session, EveningSigns(row.session, row.at_ms, {}))
        evening.of[row.participant] = _signs_decoder.decode(row.content)
    return list(evenings.values())


def read_lost_time(connection: Connection, stream: str) -> dict[tuple[str, str], LostTime]:
    """(session, participant) -> of one stream."""
    rows = connection.execute(select(LOST_TIME).where(LOST_TIME.c.stream == stream))
    return {(row.session, row.participant): _lost_decoder.decode(row.content) for row in rows}


def _insert(connection: Connection, findings: Iterable[Finding]) -> None:
    rows = [
        {
            "session": one.session,
            "rule": one.rule,
            "subject": one.subject,
            "version": one.version,
            "content": _encode(one.hit),
        }
        for one in findings
    ]
    if rows:
        connection.execute(FINDINGS.insert(), rows)


def _encode(value: LostTime | HeartSigns | Hit) -> str:
    return msgspec.json.encode(value).decode()
