"""Measurements and samples as programs post them: JSON in, an entry out. Pure."""

from collections.abc import Mapping
from typing import Any, Final

import msgspec

from protocol.errors import InvalidIdentifierError
from protocol.identifiers import ParticipantCode, parse_participant_code
from protocol.ledger.uuid7 import parse_uuid7
from server.errors import InvalidRequestError
from server.study.entry import FIELDS_OF, Entry
from server.study.fact_kind import FactKind
from server.study.fields.drawn import ANALYTES, MATRICES
from server.study.fields.field import Answer, Field, Kind
from server.study.fields.reading import AnswerError, read_answer, read_missing, write_value
from server.study.fields.words import Words, words
from server.study.measurement import TimePoint
from server.study.trouble import AnswersRefusedError, Trouble


class Posted(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """`id` is a UUIDv7 of the sender: the same post may come for ever. A value is a number, a
    text, a list of codes, or `{"missing": reason}`. `seen`: the `number` that its maker read.
    """

    id: str
    participant: str
    time_point: TimePoint
    values: dict[str, Any]
    reason: str | None = None
    seen: int | None = None


class PostedMeasurement(Posted, frozen=True):
    """Answers to fields of a measurement."""


class PostedDraw(Posted, frozen=True):
    """Answers to fields of a draw of blood."""


class PostedSample(Posted, frozen=True, kw_only=True):
    """Answers to fields of one analyte in one matrix."""

    analyte: str
    matrix: str


MAX_NUMBER: Final = 10**12  # more than any field takes, and no float grows an exponent below it

_KINDS: Final[Mapping[type[Posted], FactKind]] = {
    PostedMeasurement: FactKind.MEASUREMENT,
    PostedDraw: FactKind.DRAW,
    PostedSample: FactKind.SAMPLE,
}


def decode_posted(content: bytes, form: type[Posted]) -> Posted:
    """The body. Raises InvalidRequestError, without what was sent."""
    try:
        return msgspec.json.decode(content, type=form)
    except msgspec.ValidationError as error:
        raise InvalidRequestError(f"the body is not what this address takes: {error}") from None
    except (msgspec.DecodeError, RecursionError):
        raise InvalidRequestError("the body is not JSON") from None


def read_posted(posted: Posted, allowed: frozenset[str]) -> Entry:
    """As an entry of what its sender may enter. Raises AnswersRefusedError, InvalidRequestError."""
    kind = _KINDS[type(posted)]
    code = _check_names(posted)
    troubles: list[Trouble] = []
    answers: dict[str, Answer] = {}
    for name, value in posted.values.items():
        field = FIELDS_OF[kind].get(name)
        try:
            answers[name] = _read_value(field, value, allowed)
        except AnswerError as error:
            troubles.append(Trouble(name[:80], error.words))
    analyte, matrix = "", ""
    if isinstance(posted, PostedSample):
        analyte, matrix = posted.analyte, posted.matrix
        troubles += _check_word("analyte", analyte, ANALYTES)
        troubles += _check_word("matrix", matrix, MATRICES)
    if troubles:
        raise AnswersRefusedError(troubles)
    given = (kind, code, posted.time_point, answers, analyte, matrix)
    return Entry(*given, id=posted.id, reason=posted.reason, seen=posted.seen)


def _check_names(posted: Posted) -> ParticipantCode:
    try:
        parse_uuid7(posted.id)
        return parse_participant_code(posted.participant)
    except InvalidIdentifierError as error:
        raise InvalidRequestError(str(error)) from None


def _check_word(name: str, word: str, possible: Mapping[str, object]) -> list[Trouble]:
    if word in possible:
        return []
    listed = ", ".join(possible)
    told = words("{typed} is none of: {possible}", typed=repr(word[:80]), possible=listed)
    return [Trouble(name, told)]


def _read_value(field: Field | None, value: Any, allowed: frozenset[str]) -> Answer:
    if field is None:
        raise AnswerError(words("there is no such field"))
    if field.name not in allowed:
        raise AnswerError(words("your role doesn't enter this"))
    if isinstance(value, dict) and value.keys() == {"missing"}:
        return read_missing(field, str(value["missing"]))
    answer = read_answer(field, _write(field, value))
    if answer is None:
        raise AnswerError(_NOTHING)
    return answer


_NOTHING: Final[Words] = words("give a value, or {form} with a reason", form='{"missing": "…"}')


def _write(field: Field, value: Any) -> str:
    """A JSON value as it would be typed. Raises AnswerError for one of another kind."""
    if isinstance(value, bool):
        raise AnswerError(_NOTHING)
    if field.kind is Kind.NUMBER and isinstance(value, int | float) and abs(value) < MAX_NUMBER:
        return write_value(float(value))
    if field.kind is Kind.CHOICES and isinstance(value, list):
        return " ".join(str(one) for one in value)
    if field.kind is not Kind.NUMBER and isinstance(value, str):
        return value
    raise AnswerError(_NOTHING)
