"""Entries out of the pages of a damaged journal file, without asking SQLite. Pure.

A leaf page of a table (SQLite file format, section 1.6) holds whole rows, so a damaged page costs
its own rows only, and a damaged index above it none. Only rows that match their digest count.
"""

import struct
from collections.abc import Iterator

from gateway.journal.entries import Entry
from gateway.journal.rows import Row, decode_row

DEFAULT_PAGE_BYTES = 4096
_FILE_HEADER_BYTES = 100  # before the first page's own header
_LEAF_HEADER_BYTES = 8
_N_COLUMNS = 5  # seq (stored as NULL: it is the row id), strap, is_gap, body, digest
_INTEGER_BYTES = (0, 1, 2, 3, 4, 6, 8)  # by serial type 0 to 6; section 2.1


def carve_page(page: bytes, *, is_first: bool) -> Iterator[Entry]:
    """Every intact entry of one page; `is_first`: the page that begins with the file's header.

    A page that SQLite no longer uses may hold an entry a second time.
    """
    for row in _rows_of_page(page, _FILE_HEADER_BYTES if is_first else 0):
        entry = decode_row(row)
        if entry is not None:
            yield entry


def read_page_size(header: bytes) -> int:
    """As the file header says (1 stands for 65536); the usual one if it says nonsense."""
    (size,) = struct.unpack_from(">H", header, 16) if len(header) >= 18 else (0,)
    size = 65536 if size == 1 else size
    is_power_of_two = size & (size - 1) == 0
    return size if size >= 512 and is_power_of_two else DEFAULT_PAGE_BYTES


def _rows_of_page(page: bytes, header_at: int) -> Iterator[Row]:
    """Whatever the page says of itself, which may be damaged: digests prove the rows."""
    pointers_at = header_at + _LEAF_HEADER_BYTES
    if len(page) < pointers_at:
        return
    (n_cells,) = struct.unpack_from(">H", page, header_at + 3)
    n_cells = min(n_cells, (len(page) - pointers_at) // 2)
    for (cell_at,) in struct.iter_unpack(">H", page[pointers_at : pointers_at + 2 * n_cells]):
        row = _read_cell(page, cell_at)
        if row is not None:
            yield row


def _read_cell(page: bytes, at: int) -> Row | None:
    try:
        n_payload, at = _read_varint(page, at)
        seq, at = _read_varint(page, at)
        return _read_record(page[at : at + n_payload], seq)
    except (IndexError, UnicodeDecodeError):
        return None


def _read_record(record: bytes, seq: int) -> Row | None:
    """A record: the length of its header, a serial type a column, then the columns."""
    n_header, at = _read_varint(record, 0)
    types: list[int] = []
    while at < n_header:
        serial, at = _read_varint(record, at)
        types.append(serial)
    if len(types) != _N_COLUMNS or at + sum(map(_column_bytes, types)) != len(record):
        return None
    columns: list[bytes] = []
    for serial in types:
        columns.append(record[at : at + _column_bytes(serial)])
        at += _column_bytes(serial)
    _, strap, flag, body, digest = columns
    is_gap = types[2] == 9 or flag == b"\x01"  # serial types 8 and 9 are the constants 0 and 1
    return Row(seq, strap.decode(), is_gap, body, digest)


def _column_bytes(serial: int) -> int:
    if serial >= 12:  # blob (even) or text (odd)
        return (serial - 12) // 2
    return _INTEGER_BYTES[serial] if serial < len(_INTEGER_BYTES) else 8 * (serial == 7)


def _read_varint(data: bytes, at: int) -> tuple[int, int]:
    """Big-endian, seven bits a byte, at most nine bytes (section 1.6)."""
    value = 0
    for n in range(9):
        byte = data[at + n]
        if n == 8:
            return value << 8 | byte, at + 9
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + n + 1
    return value, at + 9
