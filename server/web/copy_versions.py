"""What the ledger says of a thing, in all its versions, beside what a sheet says of it. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from server.sessions.domain.chains import Thing
from server.sessions.domain.placing import PlacedEvent


def list_versions(thing: Thing) -> list[dict[str, Any]]:
    """What is said of a thing: all that a person must choose from, else what holds."""
    return [one.value for one in list_placed(thing) if one.value is not None]


def list_placed(thing: Thing) -> Sequence[PlacedEvent]:
    """The same, as events in their place."""
    return thing.disputed or ((thing.shown,) if thing.shown is not None else ())


def read_path(value: Mapping[str, Any], path: str) -> Any:
    """`performed.amount` of a set."""
    found: Any = value
    for name in path.split("."):
        found = None if found is None else found.get(name)
    return found


def says(value: Mapping[str, Any], said: Mapping[str, Any]) -> bool:
    """Whether a value says all of that."""
    return all(read_path(value, path) == one for path, one in said.items())
