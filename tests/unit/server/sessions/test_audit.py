"""What the chain shows of a ledger that somebody has had a hand in."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from server.sessions.appending import Addition, Posting, plan_addition
from server.sessions.audit import AuditedContent, AuditedRow, check_chain
from server.sessions.chain import EMPTY, Head
from server.sessions.tables import LEDGER_EVENTS
from tests.ledger_entries import SESSION, Tablet, attending, minute


def _store() -> Addition:
    tablet = Tablet()
    events = [tablet.write("attendance", "P01", attending(s)) for s in ("late", "away", "back")]
    events.append(tablet.write("content_erased", events[0].id, {"why": "withdrawn"}))
    return plan_addition(Posting(SESSION, events, minute(1), "sara"), {}, EMPTY, bytes)


def _rows() -> list[AuditedRow]:
    stored = _store()
    return _join(stored)


def _join(stored: Addition) -> list[AuditedRow]:
    """Rows as the database would hand them out."""
    names = [column.name for column in LEDGER_EVENTS.columns]
    return [
        AuditedRow(
            **dict(zip(names, row, strict=True)),
            content=AuditedContent(*content[1:]),
            erased_by=None,
        )
        for row, content in zip(stored.events, stored.values, strict=True)
    ]


def _codes(rows: Sequence[AuditedRow], *noted: Head) -> list[tuple[int, str]]:
    return [(finding.n, finding.code) for finding in check_chain(rows, noted).findings]


def _heads() -> list[Head]:
    return [Head(row.n, row.hash) for row in _rows()]


def test_an_untouched_ledger_is_whole_and_its_head_is_told() -> None:
    report = check_chain(_rows(), _heads())
    assert (report.findings, report.n_rows, report.head) == ([], 4, _heads()[-1])
    assert check_chain([], []).head == EMPTY


def test_an_edited_entry_is_found() -> None:
    rows = _rows()
    edited = rows[1].envelope.replace('"sara"', '"zara"')
    assert edited != rows[1].envelope
    rows[1] = replace(rows[1], envelope=edited)
    assert _codes(rows) == [(2, "row_changed")]


def test_an_entry_that_is_no_json_any_more_is_found() -> None:
    rows = _rows()
    for damaged in ("{", "[1]", rows[1].envelope + " "):
        assert (2, "row_changed") in _codes([rows[0], replace(rows[1], envelope=damaged)])


def test_changed_search_columns_are_found() -> None:
    for column in ("id", "session", "kind", "about"):
        rows = _rows()
        changes: dict[str, Any] = {column: "other"}
        rows[1] = replace(rows[1], **changes)
        assert _codes(rows) == [(2, "row_changed")], column


def test_changed_content_salt_and_commitment_are_found() -> None:
    rows = _rows()
    content = rows[1].content
    assert content is not None
    for changed in (
        replace(content, value='{"status":"absent","why":null}'),
        replace(content, reason="because"),
        replace(content, salt=b"\x01" * 32),
        replace(content, value="{"),
    ):
        assert _codes([rows[0], replace(rows[1], content=changed)]) == [(2, "content_changed")]
    forged = replace(rows[1], commitment=bytes(32))
    assert _codes([rows[0], forged]) == [(2, "row_changed"), (2, "content_changed")]


def test_a_deleted_entry_is_found() -> None:
    rows = _rows()
    assert _codes([rows[0], *rows[2:]]) == [(2, "row_missing")]
    assert _codes(rows[2:]) == [(1, "row_missing")]


def test_an_inserted_entry_is_found() -> None:
    rows = _rows()
    slipped_in = replace(rows[1], id="01a22d67-14e0-74aa-ae4a-09bc4a15596c", n=3)
    later = [replace(row, n=row.n + 1) for row in rows[2:]]
    assert (3, "row_changed") in _codes([*rows[:2], slipped_in, *later])


def test_reordered_entries_are_found() -> None:
    rows = _rows()
    swapped = [rows[0], replace(rows[2], n=2), replace(rows[1], n=3), rows[3]]
    assert (2, "row_changed") in _codes(swapped)


def test_an_end_cut_off_is_found_by_a_head_noted_elsewhere() -> None:
    rows, heads = _rows(), _heads()
    assert _codes(rows[:2]) == []
    assert _codes(rows[:2], heads[0], heads[3]) == [(4, "end_missing")]


def test_a_chain_written_anew_is_found_by_a_head_noted_elsewhere() -> None:
    """Whoever holds the database can compute a whole new chain; not yesterday's head."""
    tablet = Tablet()
    event = tablet.write("attendance", "P01", attending("absent"))
    anew = plan_addition(Posting(SESSION, [event], minute(1), "sara"), {}, EMPTY, bytes)
    (row,) = _join(anew)
    assert _codes([row]) == []
    assert _codes([row], _heads()[0]) == [(1, "head_differs")]


def test_content_gone_by_a_decision_in_the_ledger_is_erased_not_lost() -> None:
    rows = _rows()
    rows[0] = replace(rows[0], content=None, erased_by=4)
    report = check_chain(rows, _heads())
    assert (report.findings, [row.n for row in report.erased]) == ([], [1])


def test_content_gone_without_a_decision_about_it_is_found() -> None:
    for n, erased_by in ((0, None), (0, 2), (1, 4)):
        rows = _rows()
        rows[n] = replace(rows[n], content=None, erased_by=erased_by)
        assert _codes(rows) == [(n + 1, "content_missing")], (n, erased_by)
