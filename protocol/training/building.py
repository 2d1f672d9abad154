"""Typed values out of TOML tables, with everything that is wrong told at once."""

import re
import types
from collections.abc import Mapping
from difflib import get_close_matches
from enum import Enum, EnumType
from typing import Any, TypeVar, Union, cast, get_args, get_origin

import msgspec
from msgspec import Struct
from msgspec.structs import FieldInfo, fields

S = TypeVar("S", bound=Struct)

# msgspec names Python's types; the reader of a plan knows TOML's.
_WORDS = {
    " | null`": "`",
    "`int`": "a whole number",
    "`float`": "a number",
    "`str`": "text",
    "`bool`": "true or false",
    "`array`": "a list",
    "`object`": "a table",
    "text matching regex '^[a-z0-9][a-z0-9_-]{0,59}$'": "small letters, digits, - and _",
    r"text matching regex '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$'": "a language such as en or fa",
    r"text matching regex '^(\\d{4}-\\d{2}-\\d{2})?$'": "a day written as in 2026-11-22",
}
_CLOCK_TYPES = re.compile(r"`(datetime|date|time)`")
_PLACE = re.compile(r" - at `\$(?P<path>[^`]*)`$")


def build(kind: type[S], table: object, where: str, wrong: list[str]) -> S | None:
    """`table` as a `kind`; None, and one sentence in `wrong` for every fault, if it isn't one."""
    if not isinstance(table, dict):
        wrong.append(f"{where}: expected a table, got {_describe(table)}")
        return None
    before = len(wrong)
    known = {field.encode_name: field for field in fields(kind)}
    wrong.extend(_find_unknown(table, known, where))
    values = {
        field.name: _build_field(field, table[name], join(where, name), wrong)
        for name, field in known.items()
        if name in table
    }
    wrong.extend(
        f"{join(where, name)}: missing"
        for name, field in known.items()
        if field.required and name not in table
    )
    return None if len(wrong) > before else kind(**values)


def join(where: str, name: str) -> str:
    return f"{where}.{name}" if where else name


def list_fields(kind: type[Struct]) -> dict[str, frozenset[str]]:
    """The keys of each table, or list of tables, that a `kind` is made of."""
    inner = {field.encode_name: _struct_in(field.type) for field in fields(kind)}
    return {
        name: frozenset(one.encode_name for one in fields(found))
        for name, found in inner.items()
        if found is not None
    }


def _find_unknown(
    table: Mapping[str, object], known: Mapping[str, object], where: str
) -> list[str]:
    told = []
    for name in table:
        if name not in known:
            close = get_close_matches(name, known, n=1)
            meant = f"did you mean {close[0]!r}?" if close else f"known are: {', '.join(known)}"
            told.append(f"{join(where, name)}: there is no such key; {meant}")
    return told


def _build_field(field: FieldInfo, value: object, where: str, wrong: list[str]) -> object:
    """One field; tables and lists of tables are taken apart, so that each fault is told."""
    inner = _struct_in(field.type)
    if inner is None:
        return _convert(value, field.type, where, wrong)
    if get_origin(field.type) is not tuple:
        return build(inner, value, where, wrong)
    if not isinstance(value, list):
        wrong.append(f"{where}: expected a list of tables, got {_describe(value)}")
        return None
    return tuple(build(inner, one, name_table(where, n, one), wrong) for n, one in enumerate(value))


def name_table(where: str, position: int, table: object) -> str:
    """`exercises.tandem-stance` for a table with an id, else `effort[2]`, counted from 1."""
    named = table.get("id") if isinstance(table, dict) else None
    return join(where, named) if isinstance(named, str) and named else f"{where}[{position + 1}]"


def _struct_in(kind: Any) -> type[Struct] | None:
    """The Struct of `S`, `S | None` and `tuple[S, ...]`; None for plain values."""
    if isinstance(kind, type) and get_origin(kind) is None:
        return kind if issubclass(kind, Struct) else None
    if get_origin(kind) in (Union, types.UnionType) or get_args(kind)[1:] == (Ellipsis,):
        found = [_struct_in(inner) for inner in get_args(kind) if inner is not Ellipsis]
        return next((inner for inner in found if inner), None)
    return None


def _convert(value: object, kind: Any, where: str, wrong: list[str]) -> object:
    try:
        return msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        place = _PLACE.search(str(error))
        path = place["path"] if place else ""
        allowed = f"; choose from: {', '.join(words)}" if (words := _enum_words(kind)) else ""
        told = _reword(_PLACE.sub("", str(error)))
        wrong.append(f"{where}{_from_one(path)}: {told}{allowed}")
        return None


def _enum_words(kind: Any) -> list[str]:
    """The words of the enumeration in a field's type; none for other fields."""
    found = [one for one in (kind, *get_args(kind)) if isinstance(one, EnumType)]
    return [str(member.value) for one in found for member in cast(type[Enum], one)]


def _from_one(path: str) -> str:
    """`[0]` counted from 1, as people count."""
    return re.sub(r"\[(\d+)\]", lambda found: f"[{int(found[1]) + 1}]", path)


def _reword(sentence: str) -> str:
    sentence = sentence.replace("Invalid enum value", "there is no")
    for name, word in _WORDS.items():
        sentence = sentence.replace(name, word)
    sentence = _CLOCK_TYPES.sub("a date or time (write it in quotes)", sentence)
    return sentence[0].lower() + sentence[1:]


def _describe(value: object) -> str:
    if isinstance(value, list):
        return "a list"
    return repr(value) if isinstance(value, (str, int, float)) else "something else"
