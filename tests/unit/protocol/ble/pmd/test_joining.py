import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocol.ble.pmd.answers import ControlAnswer
from protocol.ble.pmd.joining import MAX_PARAMS_BYTES, AnswerJoiner
from protocol.errors import MalformedPayloadError


def part(params: bytes, *, more: bool, operation: int = 1, measurement: int = 2) -> ControlAnswer:
    return ControlAnswer(operation, measurement, 0, more=more, params=params)


@given(st.lists(st.binary(max_size=20), min_size=1, max_size=8))
def test_however_an_answer_is_cut_it_comes_out_whole(pieces: list[bytes]) -> None:
    joiner = AnswerJoiner()
    for piece in pieces[:-1]:
        assert joiner.add(part(piece, more=True)) is None
        assert joiner.waiting
    whole = joiner.add(part(pieces[-1], more=False))
    assert whole == part(b"".join(pieces), more=False)
    assert not joiner.waiting


def test_an_answer_doesnt_leak_into_the_next() -> None:
    joiner = AnswerJoiner()
    joiner.add(part(b"\x01", more=True))
    joiner.add(part(b"\x02", more=False))
    assert joiner.add(part(b"\x03", more=False)) == part(b"\x03", more=False)


@pytest.mark.parametrize("other", [{"operation": 2}, {"measurement": 0}])
def test_an_answer_to_another_request_stands_alone(other: dict[str, int]) -> None:
    joiner = AnswerJoiner()
    joiner.add(part(b"\x01", more=True))
    assert joiner.add(part(b"\x02", more=False, **other)) == part(b"\x02", more=False, **other)
    assert not joiner.waiting
    joiner.add(part(b"\x01", more=True))
    assert joiner.add(part(b"\x02", more=True, **other)) is None
    assert joiner.add(part(b"\x03", more=False, **other)) == part(b"\x02\x03", more=False, **other)


def test_an_error_ends_the_open_answer() -> None:
    joiner = AnswerJoiner()
    joiner.add(part(b"\x01", more=True))
    error = ControlAnswer(1, 2, 10, more=False, params=b"")
    assert joiner.add(error) == error
    assert not joiner.waiting


def test_an_answer_without_end_is_refused_and_forgotten() -> None:
    joiner = AnswerJoiner()
    assert joiner.add(part(bytes(MAX_PARAMS_BYTES), more=True)) is None
    with pytest.raises(MalformedPayloadError, match="longer than 4096 bytes"):
        joiner.add(part(b"\x00", more=True))
    assert not joiner.waiting
