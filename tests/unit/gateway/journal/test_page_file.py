"""Pages as the disk gives them back."""

import os
from pathlib import Path

import pytest

from gateway.journal.page_file import PageFile

UNREADABLE = Path("/proc/self/mem")  # nothing is mapped at address 0: an I/O error, see proc(5)


def test_pages_have_the_size_that_the_header_says(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes((bytes(16) + b"\x02\x00").ljust(512, b"a") + b"b" * 512 + b"c" * 10)
    with PageFile(file) as pages:
        assert (pages.page_bytes, pages.n_pages) == (512, 3)
        assert [pages.read_page(n)[-1:] for n in range(4)] == [b"a", b"b", b"c", b""]
    file.write_bytes(b"")
    with PageFile(file) as pages:
        assert pages.n_pages == 0


@pytest.mark.skipif(not UNREADABLE.exists(), reason="needs Linux's /proc")
def test_a_place_that_can_t_be_read_costs_its_page_alone() -> None:
    """Goes red if the error passes on (or, with a memory map, ends the process)."""
    with UNREADABLE.open("rb") as file, pytest.raises(OSError, match="Input/output"):
        os.pread(file.fileno(), 10, 0)
    with PageFile(UNREADABLE) as pages:
        assert pages.read_page(0) == b""
