"""`journal status`, `verify` and `salvage`: exit codes, one JSON document, plain sentences."""

import json
from pathlib import Path
from typing import Any

import pytest

from gateway.cli import main
from gateway.journal.entries import Observation
from gateway.journal.folder import JournalFolder
from gateway.journal.store_mode import choose_store_mode
from protocol.identifiers import BootId, Epoch, StrapId
from protocol.moments import ReceivedAt

NAME = "journal-1.sqlite"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with JournalFolder(tmp_path) as opened:
        journal, _ = opened.open_journal(choose_store_mode(False, (3, 40, 1)), Epoch("e"))
        for n in range(1, 31):
            at = ReceivedAt(BootId("boot"), n, n)
            journal.append([Observation(StrapId("51ADA001"), "2a37", at, bytes([n]) * 200)])
        journal.acknowledge(12, 1)
        journal.mark_clean_stop()
        journal.close()
    return tmp_path


def damage(folder: Path) -> bytes:
    """The value of entry 7 is no longer what was written."""
    file = folder / NAME
    content = file.read_bytes().replace(b"\x07" * 200, b"\x07" * 199 + b"\x17")
    file.write_bytes(content)
    return content


def run_json(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, Any]:
    code = main(["journal", *words, "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_status_counts(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, document = run_json(capsys, "status", "--journal", str(folder))
    [file] = document["files"]
    assert code == 0
    assert (file["next_seq"], file["acknowledged"], file["n_waiting"]) == (31, 12, 18)
    assert (file["n_entries"], file["ended_cleanly"], file["finding"]) == (30, True, None)


def test_status_in_words(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["journal", "status", "--journal", str(folder)]) == 0
    told = capsys.readouterr().out
    assert "up to number 12; 18 waiting" in told
    assert "nothing wrong" in told


def test_status_works_beside_a_gateway(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with JournalFolder(folder) as opened:
        journal, _ = opened.open_journal(choose_store_mode(False, (3, 40, 1)), Epoch("e"))
        code, document = run_json(capsys, "status", "--journal", str(folder))
        journal.close()
    assert (code, document["files"][0]["ended_cleanly"]) == (0, False)


def test_a9_verify_finds_the_one_damaged_entry(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_json(capsys, "verify", "--journal", str(folder))[0] == 0
    damage(folder)
    code, document = run_json(capsys, "verify", "--journal", str(folder))
    assert (code, document["files"][0]["n_damaged"]) == (1, 1)


def test_a8_salvage_copies_what_is_readable_and_changes_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = damage(folder)
    code, document = run_json(capsys, "salvage", "--journal", str(folder))
    [done] = document["salvaged"]
    assert (code, done["n_salvaged"], done["epoch"]) == (0, 29, "e")
    assert (folder / NAME).read_bytes() == content
    assert Path(done["out"]).name == "journal-1.salvaged.sqlite"
    with pytest.raises(SystemExit) as caught:
        main(["journal", "salvage", "--journal", str(folder), "--file", NAME])
    assert caught.value.code == 2
    assert "exists already" in capsys.readouterr().err


def test_a_second_damaged_file_is_salvaged_beside_the_first(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = damage(folder)
    run_json(capsys, "salvage", "--journal", str(folder))
    (folder / "journal-2.sqlite").write_bytes(content)
    code, document = run_json(capsys, "salvage", "--journal", str(folder))
    assert (code, [one["file"] for one in document["salvaged"]]) == (0, ["journal-2.sqlite"])
    assert [Path(out).name for out in document["skipped"]] == ["journal-1.salvaged.sqlite"]


def test_a_file_without_a_readable_entry_is_told_as_a_failure(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / NAME).write_bytes(b"")
    assert main(["journal", "salvage", "--journal", str(folder)]) == 1
    assert f"{NAME}: no entry is readable" in capsys.readouterr().out


def test_wrong_paths_get_a_sentence(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    missing = folder / "none" / "out.sqlite"
    for words, sentence in [
        (["--journal", str(folder), "--file", NAME, "--out", str(missing)], "there is no folder"),
        (["--journal", str(folder / NAME)], "is a file; name the folder"),
    ]:
        with pytest.raises(SystemExit) as caught:
            main(["journal", "salvage", *words])
        assert caught.value.code == 2
        assert sentence in capsys.readouterr().err


def test_a_copy_that_can_t_be_made_is_told(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / f"{NAME}-journal").mkdir()  # stands for any failure of the copying
    with pytest.raises(SystemExit) as caught:
        main(["journal", "salvage", "--journal", str(folder), "--file", NAME])
    assert caught.value.code == 2
    assert "can't be copied in" in capsys.readouterr().err


def test_nothing_damaged_is_nothing_to_salvage(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["journal", "salvage", "--journal", str(folder)]) == 0
    assert "nothing is damaged" in capsys.readouterr().out


@pytest.mark.parametrize("command", ["status", "verify", "salvage"])
def test_a_folder_without_a_journal_is_told(
    tmp_path: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["journal", command, "--journal", str(tmp_path)])
    assert caught.value.code == 2
    assert "there is no journal in" in capsys.readouterr().err


def test_a_second_gateway_on_one_journal_is_refused(folder: Path, tmp_path: Path) -> None:
    from gateway.errors import JournalError

    with JournalFolder(folder), pytest.raises(JournalError, match="another gateway is using"):
        JournalFolder(folder)
