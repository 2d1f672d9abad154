"""Brings the browser's modules and fonts up to date: `python -m tests.update_vendored FOLDER`.

FOLDER holds packages as `npm pack preact @preact/signals @preact/signals-core htm idb uplot jsqr
axe-core @fontsource-variable/vazirmatn @fontsource-variable/atkinson-hyperlegible-next` writes
them. Each wanted file is copied as it is, its licence beside it, and VENDORED.toml says what came
from where. Nothing is downloaded here.
"""

import hashlib
import json
import sys
import tarfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
FOR_PEOPLE: Final = ROOT / "server" / "web" / "static" / "vendor"
FOR_TESTS: Final = ROOT / "tests" / "browser" / "vendor"
HEADER: Final = (
    "# Written by tests/update_vendored.py; sha256 is of the file as it lies here.\n"
    "# `path` is where it lies in its npm package, `specifier` what modules import it by.\n"
)


@dataclass(frozen=True)
class Wanted:
    """One file of one package; `specifier` is empty for what no module imports."""

    package: str
    path: str
    file: str
    specifier: str = ""
    folder: Path = FOR_PEOPLE


WANTED: Final = (
    Wanted("preact", "dist/preact.mjs", "preact.js", "preact"),
    Wanted("preact", "hooks/dist/hooks.mjs", "preact-hooks.js", "preact/hooks"),
    Wanted("@preact/signals-core", "dist/signals-core.mjs", "signals-core.js",
           "@preact/signals-core"),
    Wanted("@preact/signals", "dist/signals.mjs", "signals.js", "@preact/signals"),
    Wanted("htm", "dist/htm.mjs", "htm.js", "htm"),
    Wanted("idb", "build/index.js", "idb.js", "idb"),
    Wanted("uplot", "dist/uPlot.esm.js", "uplot.js", "uplot"),
    Wanted("uplot", "dist/uPlot.min.css", "uplot.css"),
    Wanted("jsqr", "dist/jsQR.js", "jsqr.js", "jsqr"),
    Wanted("@fontsource-variable/atkinson-hyperlegible-next",
           "files/atkinson-hyperlegible-next-latin-wght-normal.woff2", "atkinson-next-latin.woff2"),
    Wanted("@fontsource-variable/vazirmatn", "files/vazirmatn-arabic-wght-normal.woff2",
           "vazirmatn-arabic.woff2"),
    Wanted("axe-core", "axe.min.js", "axe.min.js", folder=FOR_TESTS),
)  # fmt: skip


def main() -> int:
    """Copies, and writes each folder's VENDORED.toml anew; says which package is missing."""
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    packages = _open_packages(Path(sys.argv[1]))
    missing = sorted({wanted.package for wanted in WANTED} - packages.keys())
    if missing:
        print(f"no tarball of {', '.join(missing)} in {sys.argv[1]}", file=sys.stderr)
        return 2
    for folder in (FOR_PEOPLE, FOR_TESTS):
        folder.mkdir(exist_ok=True)
        entries = [_bring(w, packages[w.package]) for w in WANTED if w.folder == folder]
        (folder / "VENDORED.toml").write_text(HEADER + "".join(entries), encoding="utf-8")
    return 0


def _open_packages(folder: Path) -> dict[str, tarfile.TarFile]:
    tarballs = [tarfile.TarFile.open(path) for path in sorted(folder.glob("*.tgz"))]
    return {json.loads(_read(tarball, "package.json"))["name"]: tarball for tarball in tarballs}


def _read(package: tarfile.TarFile, path: str) -> bytes:
    member = package.extractfile(f"package/{path}")
    if member is None:
        raise FileNotFoundError(path)
    return member.read()


def _bring(wanted: Wanted, package: tarfile.TarFile) -> str:
    """Copy file and licence; the entry for VENDORED.toml."""
    about = json.loads(_read(package, "package.json"))
    content = _read(package, wanted.path)
    (wanted.folder / wanted.file).write_bytes(content)
    licence_file = f"LICENSE-{about['name'].removeprefix('@').replace('/', '-')}.txt"
    (wanted.folder / licence_file).write_bytes(_read(package, "LICENSE"))
    fields = {
        "name": about["name"],
        "version": about["version"],
        "path": wanted.path,
        "file": wanted.file,
        "specifier": wanted.specifier,
        "sha256": hashlib.sha256(content).hexdigest(),
        "licence": about["license"],
        "licence_file": licence_file,
    }
    rows = [f"{key} = {json.dumps(value)}" for key, value in fields.items() if value]
    return "\n[[file]]\n" + "\n".join(rows) + "\n"


if __name__ == "__main__":
    sys.exit(main())
