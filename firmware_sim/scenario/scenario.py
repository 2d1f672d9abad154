"""A scenario: how many straps, which session their wearers do, and what goes wrong when."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from firmware_sim.errors import ScenarioError
from firmware_sim.scenario.fault_table import read_fault
from firmware_sim.scenario.faults import Fault
from firmware_sim.scenario.fields import Fields

LIBRARY = Path(__file__).with_name("library")
MAX_STRAPS = 512  # the most the virtual radio was ever seen to carry (design: virtual radio)


@dataclass(frozen=True, slots=True)
class Scenario:
    """One rehearsal's world.

    `starts_at_min` is the minute of the hour-long session at which the simulation begins (below 0:
    before it, while people arrive and sit), and
    `time_factor` says how many session seconds pass in one real second. Strap clocks, radio and
    hearts run in real time whatever the factor; only the session's timetable is squeezed.
    """

    title: str
    count: int | None = None  # None: as many as the command line says
    model: str | None = None
    seed: int | None = None
    starts_at_min: float = 12.0
    time_factor: float = 1.0
    faults: tuple[Fault, ...] = ()


def library_names() -> tuple[str, ...]:
    """Names of the scenarios that ship with the simulator."""
    return tuple(sorted(path.stem for path in LIBRARY.glob("*.toml")))


def load_scenario(name_or_path: str) -> Scenario:
    """A shipped scenario by name, or a scenario file by path. Raises ScenarioError."""
    path = LIBRARY / f"{name_or_path}.toml"
    if name_or_path not in library_names():
        path = Path(name_or_path)
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ScenarioError(
            f"there is no scenario {name_or_path!r}: give the path of a TOML file"
            f" or one of {', '.join(library_names())}"
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise ScenarioError(f"scenario {path} can't be read: {error}") from error
    return parse_scenario(text, str(path))


def parse_scenario(text: str, source: str) -> Scenario:
    """The scenario in this TOML text; `source` names it in errors. Raises ScenarioError."""
    try:
        table: dict[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ScenarioError(f"scenario {source} is not TOML: {error}") from error
    fields = Fields(table, f"scenario {source}")
    scenario = Scenario(
        title=fields.text_or_none("title") or Path(source).stem,
        count=fields.whole_or_none("count", 1, MAX_STRAPS),
        model=fields.text_or_none("model"),
        seed=fields.whole_or_none("seed", 0, 2**32 - 1),
        starts_at_min=fields.number("starts_at_min", 12.0, -60.0, 60.0),
        time_factor=fields.number("time_factor", 1.0, 0.1, 3600.0),
        faults=tuple(
            read_fault(each, f"scenario {source}, fault {number}")
            for number, each in enumerate(fields.tables("fault"), start=1)
        ),
    )
    fields.refuse_leftovers()
    _check_straps_exist(scenario, source)
    return scenario


def _check_straps_exist(scenario: Scenario, source: str) -> None:
    for number, fault in enumerate(scenario.faults, start=1):
        if scenario.count is None or fault.strap_index is None:
            continue
        if fault.strap_index >= scenario.count:
            raise ScenarioError(
                f"scenario {source}, fault {number}: there is no strap {fault.strap_index + 1}"
                f" among {scenario.count}; raise count or name another strap"
            )
