"""The same files give the same ZIP, whenever and wherever they were written."""

import errno
import io
import os
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.errors import SettingsError
from server.export.zip_file import new_zip, write_zip

NAMES = st.from_regex(r"[a-z]{1,8}\.(csv|json)", fullmatch=True)


def pack(folder: Path, files: list[tuple[str, bytes]], written_s: float) -> bytes:
    folder.mkdir()
    for name, content in files:
        (folder / name).write_bytes(content)
        os.utime(folder / name, (written_s, written_s))
    packed = folder.with_suffix(".zip")
    write_zip(folder, packed)
    assert packed.stat().st_mode & 0o777 == 0o600
    return packed.read_bytes()


@given(files=st.dictionaries(NAMES, st.binary(max_size=200), max_size=5))
def test_order_and_time_of_writing_do_not_show(
    tmp_path_factory: pytest.TempPathFactory, files: dict[str, bytes]
) -> None:
    base = tmp_path_factory.mktemp("zip")
    one = pack(base / "one", list(files.items()), 1_000_000_000)
    other = pack(base / "other", list(reversed(files.items())), 1_700_000_001)
    assert one == other
    with zipfile.ZipFile(io.BytesIO(one)) as packed:
        assert packed.testzip() is None
        names = [f"dataset/{name}" for name in sorted(files)]
        assert packed.namelist() == names
        assert {name: packed.read(f"dataset/{name}") for name in files} == files
        assert {entry.date_time for entry in packed.infolist()} <= {(1980, 1, 1, 0, 0, 0)}


def _fill_disk(folder: Path) -> None:
    (folder / "a.csv").write_bytes(b"1")
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_zip_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "new" / "out.zip"
    with pytest.raises(SettingsError, match="No space left"), new_zip(target) as folder:
        _fill_disk(folder)
    assert list(target.parent.iterdir()) == []
    with new_zip(target) as folder:
        (folder / "a.csv").write_bytes(b"1")
        assert not target.exists()
    assert list(target.parent.iterdir()) == [target]
    assert target.stat().st_mode & 0o777 == 0o600
    with pytest.raises(SettingsError, match="exists"), new_zip(target):
        pass
