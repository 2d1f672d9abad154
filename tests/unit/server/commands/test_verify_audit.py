from pathlib import Path

import pytest

from server.commands.verify_audit import Noted, read_heads
from server.errors import SettingsError
from server.sessions.chain import Head


def test_heads_are_found_in_a_notebook_of_them(tmp_path: Path) -> None:
    book = tmp_path / "heads.txt"
    book.write_text(f"30 Nov:\n12 {'0f' * 32}\n2 Dec, by phone: 340 {'1e' * 32} (Sara)\n12 beef\n")
    assert read_heads(book) == Noted([Head(12, b"\x0f" * 32), Head(340, b"\x1e" * 32)], {})


def test_heads_of_other_chains_have_a_word_before_them(tmp_path: Path) -> None:
    book = tmp_path / "heads.txt"
    book.write_text(f"12 {'0f' * 32}\nfacts 7 {'1e' * 32}\nrecords 3 {'2d' * 32}\n")
    others = {"facts": [Head(7, b"\x1e" * 32)], "records": [Head(3, b"\x2d" * 32)]}
    assert read_heads(book) == Noted([Head(12, b"\x0f" * 32)], others)


@pytest.mark.parametrize("content", [b"", b"the head is 12", b"\xff\xfe"])
def test_a_file_without_heads_is_refused(tmp_path: Path, content: bytes) -> None:
    book = tmp_path / "heads.txt"
    book.write_bytes(content)
    with pytest.raises(SettingsError):
        read_heads(book)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="can't read"):
        read_heads(tmp_path / "none")
