"""Which chunks go into one segment. Pure.

A segment holds all chunks of its strap and stream between its first and its last, so a chunk that
stays a row, and a segment that is there already, end it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from server.ingest.tables import MAX_SEGMENT_SPAN

# About a minute of 200 Hz acceleration (performance.md), or a quarter of an hour of heart rates:
# what a reader of one run unpacks of each strap.
MAX_ROW_BYTES: Final = 128 * 1024


@dataclass(frozen=True, slots=True)
class ChunkMark:
    """Where a chunk lies; not `is_wanted`: it stays as it is."""

    id: int
    stream_id: int
    strap: str
    n_bytes: int
    is_wanted: bool


@dataclass(frozen=True, slots=True)
class ChunkGroup:
    """Chunks of one segment, ids ascending."""

    stream_id: int
    strap: str
    chunk_ids: tuple[int, ...]


@dataclass(slots=True)
class _OpenGroup:
    chunk_ids: list[int]
    n_bytes: int

    def has_room(self, mark: ChunkMark) -> bool:
        is_near = mark.id - self.chunk_ids[0] < MAX_SEGMENT_SPAN
        return is_near and self.n_bytes + mark.n_bytes <= MAX_ROW_BYTES


def group_chunks(marks: Iterable[ChunkMark]) -> Iterator[ChunkGroup]:
    """Groups as soon as they are full, the rest at the end; `marks` ascend."""
    open_groups: dict[tuple[int, str], _OpenGroup] = {}
    for mark in marks:
        key = (mark.stream_id, mark.strap)
        group = open_groups.get(key)
        if group is not None and (not mark.is_wanted or not group.has_room(mark)):
            del open_groups[key]
            yield ChunkGroup(*key, tuple(group.chunk_ids))
        if not mark.is_wanted:
            continue
        group = open_groups.setdefault(key, _OpenGroup([], 0))
        group.chunk_ids.append(mark.id)
        group.n_bytes += mark.n_bytes
    for key, group in open_groups.items():
        yield ChunkGroup(*key, tuple(group.chunk_ids))
