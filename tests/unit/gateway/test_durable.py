"""Small files: whole or not there, and a line that knows if a bit of it flipped."""

from pathlib import Path

import pytest

from gateway.durable import read_checked, write_checked


def test_a_line_comes_back_as_it_was(tmp_path: Path) -> None:
    note = tmp_path / "note"
    assert read_checked(note) is None
    write_checked(note, "two words")
    write_checked(note, "three more words")
    assert read_checked(note) == "three more words"
    assert [path.name for path in tmp_path.iterdir()] == ["note"]
    assert note.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"4000", b"4000 0011223344556677\n"])
def test_a_line_that_is_not_what_was_written_is_none(tmp_path: Path, content: bytes) -> None:
    note = tmp_path / "note"
    note.write_bytes(content)
    assert read_checked(note) is None
