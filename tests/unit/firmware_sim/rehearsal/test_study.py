"""A study is complete or made again; an archive is never removed."""

from pathlib import Path

import pytest

from firmware_sim.errors import ProgramError
from firmware_sim.rehearsal.study import enrol_gateway, make_archive


class FakeServer:
    """The server's commands as files: `init` fills `--data`, `enrol` writes `--token-file`."""

    def __init__(self, fails_at: str = "") -> None:
        self.asked: list[str] = []
        self._fails_at = fails_at

    async def run(self, data: Path, *words: str) -> str:
        command = " ".join(words[:2])
        self.asked.append(command)
        if words[0] == "init":
            data.mkdir()
            (data / "archive.sqlite3").touch()
        if command.startswith(self._fails_at) and self._fails_at:
            raise ProgramError("interrupted")
        if words[0] == "init":
            (data / "doseline.json").touch()
        if "--token-file" in words:
            Path(words[-1]).write_text("secret\n")
        return ""


async def _make(folder: Path, server: FakeServer) -> None:
    is_new = await make_archive(folder, server.run)
    await enrol_gateway(folder, server.run, is_new=is_new)


async def test_a_new_study_has_an_archive_and_a_token(tmp_path: Path) -> None:
    server = FakeServer()
    await _make(tmp_path, server)
    assert server.asked == ["init", "gateways enrol"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data", "gateway.token"]
    await _make(tmp_path, server)
    assert len(server.asked) == 2  # it is there


@pytest.mark.parametrize("fails_at", ["init", "gateways enrol"])
async def test_a_study_that_was_interrupted_is_made_again(tmp_path: Path, fails_at: str) -> None:
    with pytest.raises(ProgramError):
        await _make(tmp_path, FakeServer(fails_at))
    assert not (tmp_path / "gateway.token").exists()
    await _make(tmp_path, FakeServer())
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data", "gateway.token"]
    assert (tmp_path / "data" / "doseline.json").exists()


async def test_an_empty_data_folder_is_filled(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    await _make(tmp_path, FakeServer())
    assert (tmp_path / "data" / "doseline.json").exists()


async def test_an_archive_without_its_token_is_kept_and_gets_a_new_token(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "archive.sqlite3").write_text("an evening")
    server = FakeServer()
    await _make(tmp_path, server)
    assert server.asked == ["gateways revoke", "gateways enrol"]
    assert (tmp_path / "data" / "archive.sqlite3").read_text() == "an evening"


async def test_a_token_that_nobody_finished_is_none(tmp_path: Path) -> None:
    (tmp_path / "gateway.token.new").write_text("half")
    await _make(tmp_path, FakeServer())
    assert (tmp_path / "gateway.token").read_text() == "secret\n"
