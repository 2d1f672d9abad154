from itertools import groupby

from hypothesis import given
from hypothesis import strategies as st

from server.ingest.segments.grouping import MAX_ROW_BYTES, ChunkGroup, ChunkMark, group_chunks
from server.ingest.tables import MAX_SEGMENT_SPAN

STRAP, OTHER = "51ADA001", "51ADA002"
MARKS = st.lists(
    st.builds(
        ChunkMark,
        id=st.integers(0, 3 * MAX_SEGMENT_SPAN),
        stream_id=st.integers(1, 2),
        strap=st.sampled_from([STRAP, OTHER]),
        n_bytes=st.integers(1, MAX_ROW_BYTES * 2),
        is_wanted=st.booleans(),
    ),
    unique_by=lambda mark: mark.id,
).map(lambda marks: sorted(marks, key=lambda mark: mark.id))


def mark(chunk_id: int, strap: str = STRAP, n_bytes: int = 10, *, wanted: bool = True) -> ChunkMark:
    return ChunkMark(chunk_id, 1, strap, n_bytes, wanted)


def test_one_group_a_strap() -> None:
    marks = [mark(1), mark(2, OTHER), mark(3), mark(4, OTHER)]
    assert [*group_chunks(marks)] == [
        ChunkGroup(1, STRAP, (1, 3)),
        ChunkGroup(1, OTHER, (2, 4)),
    ]


def test_what_stays_ends_the_group_of_its_strap_alone() -> None:
    marks = [mark(1), mark(2, OTHER), mark(3, wanted=False), mark(4), mark(5, OTHER)]
    assert [*group_chunks(marks)] == [
        ChunkGroup(1, STRAP, (1,)),
        ChunkGroup(1, OTHER, (2, 5)),
        ChunkGroup(1, STRAP, (4,)),
    ]


def test_a_group_that_is_full_is_given_at_once() -> None:
    half = MAX_ROW_BYTES // 2
    groups = group_chunks(iter([mark(1, n_bytes=half), mark(2, n_bytes=half), mark(3)]))
    assert next(groups).chunk_ids == (1, 2)
    assert next(groups).chunk_ids == (3,)


def test_a_chunk_that_is_larger_than_a_group_has_one_of_its_own() -> None:
    marks = [mark(1), mark(2, n_bytes=2 * MAX_ROW_BYTES), mark(3)]
    assert [one.chunk_ids for one in group_chunks(marks)] == [(1,), (2,), (3,)]


@given(MARKS)
def test_each_wanted_chunk_is_in_one_group_that_holds_all_between_its_ends(
    marks: list[ChunkMark],
) -> None:
    groups = [*group_chunks(marks)]
    told = [chunk_id for group in groups for chunk_id in group.chunk_ids]
    assert sorted(told) == [one.id for one in marks if one.is_wanted]
    sizes = {one.id: one.n_bytes for one in marks}
    for group in groups:
        first, last = group.chunk_ids[0], group.chunk_ids[-1]
        theirs = [
            one.id
            for one in marks
            if (one.stream_id, one.strap) == (group.stream_id, group.strap)
            and first <= one.id <= last
        ]
        assert tuple(theirs) == group.chunk_ids
        assert last - first < MAX_SEGMENT_SPAN
        n_bytes = sum(sizes[one] for one in group.chunk_ids)
        assert n_bytes <= MAX_ROW_BYTES or len(group.chunk_ids) == 1
    by_key = sorted(groups, key=lambda one: (one.stream_id, one.strap, one.chunk_ids))
    for _, own in groupby(by_key, key=lambda one: (one.stream_id, one.strap)):
        ids = [chunk_id for group in own for chunk_id in group.chunk_ids]
        assert ids == sorted(ids)
