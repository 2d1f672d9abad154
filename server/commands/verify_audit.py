"""`verify-audit`: are ledger, study facts and study records what was written, and all of it."""

import re
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from server.commands.study_arguments import add_study_arguments, open_command_study
from server.errors import SettingsError
from server.sessions.audit import AuditReport, check_chain
from server.sessions.audited_rows import read_audited_rows
from server.sessions.chain import Head
from server.study.chains import STUDY_CHAINS, StudyChain

EXIT_CHANGED: Final = 1
MAX_FINDINGS_SHOWN: Final = 20

# The ledger's heads stand alone; those of the other chains have a word before them.
_WORDS: Final = "|".join(chain.word for chain in STUDY_CHAINS)
_HEAD: Final = re.compile(rf"(?:\b({_WORDS}) )?\b([1-9][0-9]{{0,17}}) ([0-9a-f]{{64}})\b")


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--head",
        type=Path,
        metavar="FILE",
        help="heads noted earlier, as this command prints them; a shortened or rewritten ledger"
        " shows only by them",
    )
    add_study_arguments(parser)


def run(arguments: Namespace) -> int:
    noted = Noted() if arguments.head is None else read_heads(arguments.head)
    with open_command_study(arguments) as database, database.reading() as connection:
        ledger = check_chain(read_audited_rows(connection), noted.ledger)
        others = [(one, one.check(connection, noted.of(one))) for one in STUDY_CHAINS]
    said = _tell(ledger, len(noted.ledger))
    for chain, report in others:
        if report.n_rows or report.findings:
            said = max(said, _tell_other(chain, report, len(noted.of(chain))))
    return said


@dataclass(frozen=True, slots=True)
class Noted:
    """Heads that were noted earlier: of the ledger, and of the other chains by their words."""

    ledger: Sequence[Head] = ()
    others: Mapping[str, Sequence[Head]] = field(default_factory=dict)

    def of(self, chain: StudyChain) -> Sequence[Head]:
        """Those of one of the other chains."""
        return self.others.get(chain.word, ())


def read_heads(path: Path) -> Noted:
    """Every head in a text, whatever stands around them. Raises SettingsError."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise SettingsError(f"can't read {path}; give --head a file with noted heads") from None
    found = [(word, Head(int(n), bytes.fromhex(h))) for word, n, h in _HEAD.findall(text)]
    if not found:
        raise SettingsError(
            f"{path} holds no head; one is a number and 64 hexadecimal digits,"
            " as 'doseline-server verify-audit' prints it"
        )
    told: dict[str, list[Head]] = {}
    for word, head in found:
        told.setdefault(word, []).append(head)
    return Noted(told.pop("", []), told)


def _tell(report: AuditReport, n_noted: int) -> int:
    if report.findings:
        for finding in report.findings[:MAX_FINDINGS_SHOWN]:
            sys.stderr.write(f"{finding.sentence} ({finding.code})\n")
        n_more = len(report.findings) - MAX_FINDINGS_SHOWN
        if n_more > 0:
            sys.stderr.write(f"… and {n_more} more\n")
        sys.stderr.write("the ledger was changed from outside; keep it and restore a backup\n")
        return EXIT_CHANGED
    compared = f", {n_noted} noted heads agree" if n_noted else ""
    erased = f", what {len(report.erased)} said was erased by decision" if report.erased else ""
    sys.stdout.write(f"{report.n_rows} entries, the chain is whole{erased}{compared}\n")
    if report.n_rows:
        sys.stdout.write("note this head outside this computer:\n")
        sys.stdout.write(f"{report.head.n} {report.head.hash.hex()}\n")
    return 0


def _tell_other(chain: StudyChain, report: AuditReport, n_noted: int) -> int:
    if report.findings:
        for finding in report.findings[:MAX_FINDINGS_SHOWN]:
            sys.stderr.write(f"{chain.label}: {finding.sentence} ({finding.code})\n")
        sys.stderr.write(f"{chain.label} were changed from outside; restore a backup\n")
        return EXIT_CHANGED
    compared = f", {n_noted} noted heads agree" if n_noted else ""
    erased = f", what {len(report.erased)} said was erased by decision" if report.erased else ""
    sys.stdout.write(
        f"{report.n_rows} {chain.label}, their chain is whole{erased}{compared}\n"
        f"{chain.describe_head(report.head)}\n"
    )
    return 0
