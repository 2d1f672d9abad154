"""Rows of a file as entries, by the tables of fields: one new field is one new column. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Final

from protocol.errors import InvalidIdentifierError
from protocol.identifiers import ParticipantCode, parse_participant_code
from protocol.quoting import quote
from server.study.entry import Entry
from server.study.fact_kind import FactKind
from server.study.fields.drawn import ANALYTES, ASSAYED_BY_NAME, DRAWN_BY_NAME, MATRICES
from server.study.fields.field import Answer, Field, Kind
from server.study.fields.measured import MEASURED_BY_NAME
from server.study.fields.reading import AnswerError, read_answer, read_missing
from server.study.fields.words import Words, words
from server.study.measurement import TimePoint
from server.study.table_file import TableFile, TableRow, find_decimal_commas
from server.study.trouble import AnswersRefusedError, Trouble

TWIN: Final = "_missing"  # of a field: the column that says why it has no value
MEASUREMENT_KEYS: Final = ("participant", "time_point")
SAMPLE_KEYS: Final = (*MEASUREMENT_KEYS, "analyte", "matrix")
KEY_WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "time_point": tuple(TimePoint),
    "analyte": tuple(ANALYTES),
    "matrix": tuple(MATRICES),
}
SAMPLE_FIELDS: Final = {**DRAWN_BY_NAME, **ASSAYED_BY_NAME}

Place = tuple[str, ...]  # what a row is about


def read_measurement_rows(
    table: TableFile, allowed: frozenset[str] = frozenset(MEASURED_BY_NAME)
) -> list[Entry]:
    """An entry a row. Raises AnswersRefusedError with all that is wrong in the file.

    `allowed`: the fields that who brings the file may enter.
    """
    reading = _Reading(table, MEASUREMENT_KEYS, MEASURED_BY_NAME, allowed)
    entries = [
        Entry(FactKind.MEASUREMENT, code, TimePoint(place[1]), answers, line=line)
        for line, code, place, answers in reading.rows()
        if answers
    ]
    return reading.finish(entries)


def read_sample_rows(
    table: TableFile, allowed: frozenset[str] = frozenset(SAMPLE_FIELDS)
) -> list[Entry]:
    """An entry a row, and one for each draw, which may stand in several rows. Raises as above."""
    reading = _Reading(table, SAMPLE_KEYS, SAMPLE_FIELDS, allowed)
    samples, draws = [], _Draws(reading.troubles)
    for line, code, place, answers in reading.rows():
        point = TimePoint(place[1])
        draws.add(line, code, point, {n: a for n, a in answers.items() if n in DRAWN_BY_NAME})
        found = {n: a for n, a in answers.items() if n in ASSAYED_BY_NAME}
        if found:
            names = (place[2], place[3])
            samples.append(Entry(FactKind.SAMPLE, code, point, found, *names, line=line))
    return reading.finish([*draws.list_entries(), *samples])


class _Draws:
    """What rows say of draws: rows of one draw say the same, or nothing."""

    def __init__(self, troubles: list[Trouble]) -> None:
        self._troubles = troubles
        self._answers: dict[tuple[ParticipantCode, TimePoint], dict[str, Answer]] = {}
        self._lines: dict[tuple[ParticipantCode, TimePoint], dict[str, int]] = {}

    def add(
        self, line: int, code: ParticipantCode, point: TimePoint, answers: Mapping[str, Answer]
    ) -> None:
        known = self._answers.setdefault((code, point), {})
        lines = self._lines.setdefault((code, point), {})
        for name, answer in answers.items():
            if name in known and not answer.says_as(known[name]):
                sentence = words(
                    "says another thing of the same draw than line {line}", line=lines[name]
                )
                self._troubles.append(Trouble(name, sentence, line))
            known.setdefault(name, answer)
            lines.setdefault(name, line)

    def list_entries(self) -> Iterator[Entry]:
        for (code, point), answers in self._answers.items():
            if answers:
                lines = self._lines[code, point]
                first = min(lines.values())
                yield Entry(FactKind.DRAW, code, point, answers, line=first, lines=lines)


class _Reading:
    """Collects all that is wrong while it reads."""

    def __init__(
        self,
        table: TableFile,
        keys: Sequence[str],
        fields: Mapping[str, Field],
        allowed: frozenset[str],
    ) -> None:
        self._table, self._keys, self._fields = table, keys, fields
        self.troubles = list(_check_header(table.columns, keys, fields, allowed))
        numeric = frozenset(f.name for f in fields.values() if f.kind is Kind.NUMBER)
        self._points, troubles = find_decimal_commas(table, numeric)
        self._spoilt = {(one.line, one.field) for one in troubles}
        self.troubles += troubles
        self._seen: dict[Place, int] = {}

    def rows(
        self,
    ) -> Iterator[tuple[int, ParticipantCode, Place, dict[str, Answer]]]:
        """Line, code, key and answers of each row whose key can be read; none of a wrong header."""
        if set(self._keys) - set(self._table.columns):
            return
        for row in self._table.rows:
            answers = self._read_answers(row)
            place = self._read_key(row)
            if place is not None:
                yield row.line, ParticipantCode(place[0]), place, answers

    def finish(self, entries: list[Entry]) -> list[Entry]:
        """The entries. Raises AnswersRefusedError, by line."""
        if not self.troubles and not self._table.rows:
            self.troubles.append(Trouble("", words("the file has a first line and no rows")))
        if self.troubles:
            raise AnswersRefusedError(sorted(self.troubles, key=lambda one: one.line or 0))
        return entries

    def _read_key(self, row: TableRow) -> Place | None:
        found: list[str] = []
        for name in self._keys:
            cell = row.cells[name]
            try:
                word = parse_participant_code(cell) if name == "participant" else cell.lower()
            except InvalidIdentifierError as error:
                self._tell(row, name, words("{told}", told=error))
                continue
            if name in KEY_WORDS and word not in KEY_WORDS[name]:
                listed = ", ".join(KEY_WORDS[name])
                told = words("{typed} is none of: {possible}", typed=quote(cell), possible=listed)
                self._tell(row, name, told)
                continue
            found.append(word)
        if len(found) < len(self._keys):
            return None
        first = self._seen.setdefault(tuple(found), row.line)
        if first != row.line:
            told = words("{what} stands in line {line} already", what=" ".join(found), line=first)
            self._tell(row, self._keys[0], told)
            return None
        return tuple(found)

    def _read_answers(self, row: TableRow) -> dict[str, Answer]:
        answers = {}
        for name, field in self._fields.items():
            try:
                answer = self._read_field(row, field)
            except AnswerError as error:
                self._tell(row, name, error.words)
                continue
            if answer is not None:
                answers[name] = answer
        return answers

    def _read_field(self, row: TableRow, field: Field) -> Answer | None:
        if (row.line, field.name) in self._spoilt:
            return None
        cell = self._points.get((row.line, field.name), row.cells.get(field.name, ""))
        why = row.cells.get(field.name + TWIN, "")
        if cell and why:
            raise AnswerError(words("has a value, and a reason why it has none: leave one out"))
        return read_missing(field, why) if why else read_answer(field, cell)

    def _tell(self, row: TableRow, name: str, sentence: Words) -> None:
        self.troubles.append(Trouble(name, sentence, row.line))


def _check_header(
    columns: Sequence[str],
    keys: Sequence[str],
    fields: Mapping[str, Field],
    allowed: frozenset[str],
) -> Iterator[Trouble]:
    known = {*keys, *fields, *(name + TWIN for name in fields)}
    for name in keys:
        if name not in columns:
            there = ", ".join(columns)
            yield Trouble(name, words("this column is needed; there are {there}", there=there), 1)
    for name in columns:
        if name not in known:
            near = get_close_matches(name, known, 1)
            is_near = words("there is no such field; is it {near}?", near=near[0] if near else "")
            yield Trouble(name, is_near if near else words("there is no such field"), 1)
        elif name not in keys and name.removesuffix(TWIN) not in allowed:
            yield Trouble(name, words("your role doesn't enter this"), 1)
