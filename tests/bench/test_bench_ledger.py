"""Posting events against a plain ORM table, both on synced SQLite, in one run.

A post is what a station's group leaves: 15 sets. Ours decodes the JSON, validates every value,
chains, commits and answers with conflicts found in a session that already holds 345 events; the
peer keeps one row an event in a table without chain, checks or history, and commits. A figure is
events a second, each of them synced.
"""

import time
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from protocol.ledger.event import LedgerEvent
from protocol.ledger.validation import decode_events
from server.db.sqlite import choose_journal_mode, load_sqlite
from server.sessions.domain.fold import fold_session
from server.sessions.service import SessionService
from server.storage import Storage
from tests.bench.conftest import BenchReport, best_seconds
from tests.ledger_entries import SESSION, Tablet, logged, minute, to_json
from tests.sessions_app import SignedIn
from tests.studies import make_study

pytestmark = pytest.mark.bench

PEOPLE = tuple(f"P{n:02d}" for n in range(1, 16))
EXERCISES = tuple(f"exercise-{n}" for n in range(8))
SLICE_S = 1.0


class Base(DeclarativeBase):
    """The peer's table."""


class Entry(Base):
    """A row an event, as a first design would have it."""

    __tablename__ = "entries"
    id: Mapped[str] = mapped_column(primary_key=True)
    session: Mapped[str]
    kind: Mapped[str]
    about: Mapped[str]
    value: Mapped[str]
    actor: Mapped[str]
    occurred_at: Mapped[str]


def _open_peer(path: Path) -> Engine:
    module = load_sqlite()
    engine = create_engine(f"sqlite:///{path}", module=module)
    journal, synchronous = choose_journal_mode(module.sqlite_version_info)

    @event.listens_for(engine, "connect")
    def _prepare(connection: object, _record: object) -> None:
        connection.execute(f"PRAGMA journal_mode={journal}")  # type: ignore[attr-defined]
        connection.execute(f"PRAGMA synchronous={synchronous}")  # type: ignore[attr-defined]

    Base.metadata.create_all(engine)
    return engine


def _station(tablet: Tablet, number: int) -> list[LedgerEvent]:
    """Fifteen sets, one a person: the 23 stations of an evening one after the other."""
    exercise, round_ = EXERCISES[number % 8], number // 8 % 20 + 1
    return [
        tablet.write("set", f"{who}/{exercise}/{round_}", logged(exercise, 10), minute(20))
        for who in PEOPLE
    ]


def _count_per_second(post: Callable[[list[LedgerEvent]], None]) -> float:
    tablet = Tablet()
    for n in range(23):
        post(_station(tablet, n))
    n_events, spent_s = 0, 0.0
    while spent_s < SLICE_S:
        events = _station(tablet, 23 + n_events // len(PEOPLE) % 100)
        begun_s = time.perf_counter()
        post(events)
        spent_s += time.perf_counter() - begun_s
        n_events += len(events)
    return n_events / spent_s


def _post_ours(storage: Storage) -> Callable[[list[LedgerEvent]], None]:
    service = SessionService(storage.writer, storage.database, lambda _connection: PEOPLE)

    def post(events: list[LedgerEvent]) -> None:
        body = msgspec.json.encode([to_json(one) for one in events])
        assert len(service.post(SESSION, body, SignedIn()).result().outcomes) == len(events)

    return post


def _post_peer(engine: Engine) -> Callable[[list[LedgerEvent]], None]:
    def post(events: list[LedgerEvent]) -> None:
        with Session(engine) as session:
            session.add_all(
                Entry(
                    id=one.id,
                    session=SESSION,
                    kind=one.kind,
                    about=one.about,
                    value=msgspec.json.encode(one.value).decode(),
                    actor=one.actor,
                    occurred_at=one.occurred_at,
                )
                for one in events
            )
            session.commit()

    return post


def test_posting_against_a_plain_orm_insert(tmp_path: Path) -> None:
    engine = _open_peer(tmp_path / "peer.sqlite3")
    with make_study(tmp_path / "study").open() as storage:
        ours, peer = _count_per_second(_post_ours(storage)), _count_per_second(_post_peer(engine))
    engine.dispose()
    BenchReport("ledger").write(
        "posting 15 events", ours_per_s=round(ours), peer_per_s=round(peer), ratio=ours / peer
    )


def test_folding_and_decoding_an_evening() -> None:
    tablet = Tablet()
    events = [one for n in range(24) for one in _station(tablet, n)]
    body = msgspec.json.encode([to_json(one) for one in events])
    BenchReport("ledger").write(
        f"{len(events)} events",
        fold_ms=best_seconds(lambda: fold_session(events, minute(60))) * 1e3,
        decode_ms=best_seconds(lambda: decode_events(body)) * 1e3,
    )
