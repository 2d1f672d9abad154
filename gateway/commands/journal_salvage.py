"""`doseline-gateway journal salvage`: copies readable rows out of a damaged journal."""

import argparse
import json
import sys
from pathlib import Path

from gateway.errors import JournalError
from gateway.journal.inspection import find_files, verify_file
from gateway.journal.salvage import Salvaged, salvage
from gateway.journal.wreck_copy import opened_wreck


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The folder; where the readable rows go."""
    parser.add_argument("--journal", type=Path, required=True, metavar="DIR", help="its folder")
    parser.add_argument("--file", metavar="NAME", help="one file of the folder, damaged or not")
    parser.add_argument("--out", type=Path, metavar="FILE", help="the new file (needs --file)")
    parser.add_argument("--json", action="store_true", help="one JSON document")


def run(arguments: argparse.Namespace) -> int:
    """Never changes, moves or deletes the damaged file."""
    if arguments.out is not None and arguments.file is None:
        raise JournalError("--out names one file, so --file must say which journal goes there")
    done: list[dict[str, object]] = []
    skipped: list[Path] = []
    for path in _chosen(arguments.journal, arguments.file):
        out = arguments.out or path.with_name(f"{path.stem}.salvaged.sqlite")
        if arguments.file is None and out.exists():
            skipped.append(out)
            continue
        with opened_wreck(path) as wreck:
            done.append(_describe(path, out, salvage(wreck, out)))
    _print(done, skipped, arguments.json)
    return int(any(one["n_salvaged"] == 0 for one in done))


def _chosen(folder: Path, name: str | None) -> list[Path]:
    files = find_files(folder)
    if name is None:
        return [path for path in files if verify_file(path).finding is not None]
    if name not in {path.name for path in files}:
        raise JournalError(f"there is no {name} in {folder}; 'journal status' lists the files")
    return [folder / name]


def _describe(path: Path, out: Path, salvaged: Salvaged) -> dict[str, object]:
    return {
        "file": path.name,
        "out": str(out),
        "epoch": salvaged.epoch,
        "n_salvaged": salvaged.n_entries,
        "n_quarantined": salvaged.n_quarantined,
    }


def _print(done: list[dict[str, object]], skipped: list[Path], as_json: bool) -> None:
    if as_json:
        document = {"salvaged": done, "skipped": [str(out) for out in skipped]}
        sys.stdout.write(json.dumps(document) + "\n")
        return
    for out in skipped:
        sys.stdout.write(f"{out} is there from before; to make it again, delete it\n")
    for one in done:
        if one["n_salvaged"] == 0:
            sys.stdout.write(f"{one['file']}: no entry is readable; keep the file, ask for help\n")
            continue
        sys.stdout.write(f"{one['file']}: {one['n_salvaged']} entries copied to {one['out']}\n")
    if not done and not skipped:
        sys.stdout.write("nothing is damaged, so there is nothing to salvage\n")
