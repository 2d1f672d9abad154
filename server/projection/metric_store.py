"""Metrics of people in sessions, as rows of what is derived."""

from collections.abc import Collection, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, select

from server.dose.quantity import Quantity
from server.dose.vector import Metric
from server.projection.tables import METRICS

_quantity_decoder = msgspec.json.Decoder(Quantity)


def write_metrics(
    connection: Connection, session: str, participant: str, metrics: Sequence[Metric]
) -> None:
    """Hers of one session, of which there are none yet."""
    keys = {"session": session, "participant": participant}
    if metrics:
        connection.execute(METRICS.insert(), [{**keys, **_make_row(one)} for one in metrics])


def read_metrics(connection: Connection, session: str) -> dict[str, list[Metric]]:
    """By participant, in the order of names and categories."""
    query = select(METRICS).where(METRICS.c.session == session)
    by_person: dict[str, list[Metric]] = {}
    order = (METRICS.c.participant, METRICS.c.name, METRICS.c.category)
    for row in connection.execute(query.order_by(*order)):
        by_person.setdefault(row.participant, []).append(_read_metric(row))
    return by_person


def read_metrics_of(connection: Connection, session: str, participant: str) -> list[Metric]:
    """One person's of one session, in the order of names and categories."""
    hers = (METRICS.c.session == session, METRICS.c.participant == participant)
    query = select(METRICS).where(*hers).order_by(METRICS.c.name, METRICS.c.category)
    return [_read_metric(row) for row in connection.execute(query)]


def read_metric(
    connection: Connection, name: str, category: str | None = None
) -> dict[tuple[str, str], Metric]:
    """One metric of everybody in every session: (session, participant) -> metric."""
    wanted = (METRICS.c.name == name, METRICS.c.category == (category or ""))
    rows = connection.execute(select(METRICS).where(*wanted))
    return {(row.session, row.participant): _read_metric(row) for row in rows}


def read_named(
    connection: Connection, names: Collection[str]
) -> dict[tuple[str, str], dict[str, Metric]]:
    """Some metrics over whole sessions of everybody: (session, participant) -> by name."""
    wanted = (METRICS.c.name.in_(names), METRICS.c.category == "")
    found: dict[tuple[str, str], dict[str, Metric]] = {}
    for row in connection.execute(select(METRICS).where(*wanted)):
        found.setdefault((row.session, row.participant), {})[row.name] = _read_metric(row)
    return found


def _make_row(metric: Metric) -> dict[str, Any]:
    return {
        "name": metric.name,
        "category": metric.category or "",
        "planned": msgspec.json.encode(metric.planned).decode(),
        "delivered": msgspec.json.encode(metric.delivered).decode(),
        "inputs_sha256": metric.inputs_sha256,
    }


def _read_metric(row: Row[Any]) -> Metric:
    return Metric(
        name=row.name,
        planned=_quantity_decoder.decode(row.planned),
        delivered=_quantity_decoder.decode(row.delivered),
        inputs_sha256=row.inputs_sha256,
        category=row.category or None,
    )
