"""The straps' own account: JSON lines as they happen, truth.json when the rehearsal is over."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from firmware_sim.errors import ProgramError
from firmware_sim.rehearsal.verdict.evidence import (
    InjectedFault,
    LinkBegin,
    OrderedFault,
    RehearsedStrap,
    SentValue,
    Truth,
)


class TruthLog:
    """A growing JSON-lines file, read as it grows. Lines that are not whole yet wait."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._offset = 0
        self._open_faults: dict[tuple[str, str | None], int] = {}
        self.sent: list[SentValue] = []
        self.overflowed: list[SentValue] = []
        self.answers: list[SentValue] = []
        self.links: list[LinkBegin] = []
        self.faults: list[InjectedFault] = []

    def read_on(self) -> None:
        """Take in what was written since. Raises ProgramError for a line that can't be read."""
        if not self._path.exists():
            return
        with self._path.open("rb") as file:
            file.seek(self._offset)
            fresh = file.read()
        whole = fresh[: fresh.rfind(b"\n") + 1]
        self._offset += len(whole)
        for line in whole.splitlines():
            self._take(line)

    def close_faults(self, now_monotonic_ns: int) -> None:
        """Faults that never ended (their program was killed) end now."""
        for (fault, strap), began_ns in self._open_faults.items():
            self.faults.append(InjectedFault(fault, strap, began_ns, now_monotonic_ns))
        self._open_faults.clear()

    def _take(self, line: bytes) -> None:
        try:
            record: dict[str, Any] = json.loads(line)
            match record["kind"]:
                case "sent":
                    self.sent.append(_read_sent(record))
                case "overflow":
                    self.overflowed.append(_read_sent(record))
                case "answer":
                    self.answers.append(_read_sent(record))
                case "link":
                    self.links.append(LinkBegin(record["strap"], record["monotonic_ns"]))
                case "fault_begins":
                    self._begin(record["fault"], record["strap"], record["from_monotonic_ns"])
                case "fault":
                    self._open_faults.pop((record["fault"], record["strap"]), None)
                    self.faults.append(_read_fault(record))
        except (ValueError, KeyError, TypeError) as error:
            raise ProgramError(f"{self._path} has a line that is no truth: {error!r}") from error

    def _begin(self, fault: str, strap: str | None, now_ns: int) -> None:
        """Straps that were killed amid a fault begin it again as they return."""
        began_ns = self._open_faults.pop((fault, strap), None)
        if began_ns is not None:
            self.faults.append(InjectedFault(fault, strap, began_ns, now_ns))
        self._open_faults[fault, strap] = now_ns


def _read_sent(record: dict[str, Any]) -> SentValue:
    return SentValue(
        strap=record["strap"],
        characteristic=record["characteristic"],
        monotonic_ns=record["monotonic_ns"],
        wall_ns=record["wall_ns"],
        payload=bytes.fromhex(record["payload_hex"]),
    )


def _read_fault(record: dict[str, Any]) -> InjectedFault:
    return InjectedFault(
        record["fault"], record["strap"], record["from_monotonic_ns"], record["to_monotonic_ns"]
    )


def write_truth(path: Path, truth: Truth) -> None:
    """Write truth.json: one strap, fault or value a line, so that people can search it."""
    parts: dict[str, Iterable[dict[str, Any]]] = {
        "straps": [asdict(strap) for strap in truth.straps],
        "ordered": [asdict(fault) for fault in truth.ordered],
        "faults": [asdict(fault) for fault in truth.faults],
        "sent": (_sent_document(value) for value in truth.sent),
        "overflowed": (_sent_document(value) for value in truth.overflowed),
        "answers": (_sent_document(value) for value in truth.answers),
        "links": [asdict(link) for link in truth.links],
    }
    blocks = [f'"{name}": [\n{_lines(records)}\n]' for name, records in parts.items()]
    window = json.dumps(truth.window_ns)
    text = f'{{"simulated": true,\n"window_ns": {window},\n' + ",\n".join(blocks) + "}\n"
    path.write_text(text, encoding="utf-8")


def _lines(records: Iterable[dict[str, Any]]) -> str:
    return ",\n".join(json.dumps(record) for record in records)


def _sent_document(value: SentValue) -> dict[str, Any]:
    return {
        "strap": value.strap,
        "characteristic": value.characteristic,
        "monotonic_ns": value.monotonic_ns,
        "wall_ns": value.wall_ns,
        "payload_hex": value.payload.hex(),
    }


def read_truth(path: Path) -> Truth:
    """Read truth.json. Raises ProgramError where it isn't one."""
    try:
        document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return Truth(
            straps=[_read_strap(record) for record in document["straps"]],
            sent=[_read_sent(record) for record in document["sent"]],
            faults=[_read_fault(record) for record in document["faults"]],
            ordered=[OrderedFault(**record) for record in document["ordered"]],
            overflowed=[_read_sent(record) for record in document["overflowed"]],
            answers=[_read_sent(record) for record in document["answers"]],
            links=[LinkBegin(**record) for record in document["links"]],
            window_ns=_read_window(document["window_ns"]),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ProgramError(f"{path} is no account of a rehearsal: {error!r}") from error


def _read_window(ends_ns: Sequence[int] | None) -> tuple[int, int] | None:
    return None if ends_ns is None else (ends_ns[0], ends_ns[1])


def _read_strap(record: dict[str, Any]) -> RehearsedStrap:
    streams: Sequence[str] | None = record["streams"]
    return RehearsedStrap(
        record["serial"],
        record["model"],
        record["name"],
        None if streams is None else tuple(streams),
    )
