"""A summary table from TOML text, as `check-summary` takes it.

    n = { control = 15, training = 15 }
    [[measure]]
    name = "BDNF"
    control = { pre = [227.77, 26.30], post = [223.07, 10.85] }     # mean, SD
    training = { pre = [228.78, 60.46], post = [450.43, 24.31] }
    [measure.reported]
    time = { F = 107.861, eta2 = 0.79, p = "<0.001" }               # each may be left out
    [[baseline]]
    name = "age"
    control = [37.1, 5.5]
    training = [36.2, 5.8]
    p = 0.81

Under a [[measure]] may stand the printed p of tests of assumptions:

    levene = { pre = 0.953, post = 0.150 }
    shapiro = { pre = 0.576, post = 0.231 }

Write numbers with the digits that were printed: trailing zeros count. A measure or baseline may
have an `n` of its own, `integer = true` for whole numbers, and `range = [lowest, highest]`.
"""

from typing import Final

from server.analysis.summary_check.claim_reading import read_claims, read_p
from server.analysis.summary_check.printed import Interval, Printed
from server.analysis.summary_check.table import (
    ArmCells,
    ArmSizes,
    Baseline,
    MeanSd,
    Measure,
    Scale,
    SummaryTable,
)
from server.analysis.summary_check.toml_node import Node, parse_document

MOST_ROWS: Final = 200  # measures, and baselines; ten times what a paper prints
MOST_PEOPLE: Final = 100_000  # of an arm
_ARMS: Final = ("control", "training")
_TESTS: Final = ("levene", "shapiro")
_VALUES: Final = ("n", "integer", "range")


def read_table(text: str) -> SummaryTable:
    """The cells and claims. Raises SettingsError with line and place for what can't be one."""
    document = parse_document(text)
    top = document.table(("title", "source", "n", "measure", "baseline"))
    for note in ("title", "source"):
        if note in top:
            top[note].text()
    if "measure" not in top and "baseline" not in top:
        document.refuse("nothing to check: give [[measure]] or [[baseline]]")
    sizes = _read_sizes(top["n"]) if "n" in top else None
    measures = [_read_measure(one, sizes) for one in _rows(top, "measure")]
    baselines = [_read_baseline(one, sizes) for one in _rows(top, "baseline")]
    return SummaryTable(tuple(measures), tuple(baselines))


def _rows(top: dict[str, Node], key: str) -> list[Node]:
    """Its tables, each with a name of its own."""
    rows = top[key].items(MOST_ROWS) if key in top else []
    names: set[object] = set()
    for row in rows:
        name = row.value.get("name") if isinstance(row.value, dict) else None
        if isinstance(name, str) and name in names:
            row.refuse(f"{name} is there twice; give each {key} a name of its own")
        names |= {name} if isinstance(name, str) else set()
    return rows


def _read_measure(node: Node, sizes: ArmSizes | None) -> Measure:
    given = node.table(("name", *_ARMS, "reported", *_TESTS, *_VALUES), ("name", *_ARMS))
    tests = {name: _read_times(given[name]) for name in _TESTS if name in given}
    return Measure(
        given["name"].text(),
        _own_sizes(node, given, sizes),
        _read_arm(given["control"]),
        _read_arm(given["training"]),
        read_claims(given["reported"]) if "reported" in given else {},
        _read_scale(given),
        **tests,
    )


def _read_times(node: Node) -> dict[str, Printed]:
    """The p of a test before and after, as far as they were printed."""
    return {time: p.number("p", 0, 1) for time, p in node.table(("pre", "post")).items()}


def _read_baseline(node: Node, sizes: ArmSizes | None) -> Baseline:
    given = node.table(("name", *_ARMS, "p", *_VALUES), ("name", *_ARMS))
    return Baseline(
        given["name"].text(),
        _own_sizes(node, given, sizes),
        _read_cell(given["control"]),
        _read_cell(given["training"]),
        read_p(given["p"]) if "p" in given else None,
        _read_scale(given),
    )


def _own_sizes(node: Node, given: dict[str, Node], sizes: ArmSizes | None) -> ArmSizes:
    if "n" in given:
        return _read_sizes(given["n"])
    if sizes is None:
        node.refuse("n is missing: write n = { control = 15, training = 15 } at the top")
    return sizes


def _read_sizes(node: Node) -> ArmSizes:
    arms = node.table(_ARMS, _ARMS)
    return ArmSizes(*(arms[arm].whole(2, MOST_PEOPLE) for arm in _ARMS))


def _read_arm(node: Node) -> ArmCells:
    times = node.table(("pre", "post"), ("pre", "post"))
    return ArmCells(_read_cell(times["pre"]), _read_cell(times["post"]))


def _read_cell(node: Node) -> MeanSd:
    mean, sd = node.pair("mean", "SD")
    return MeanSd(mean.number("the mean"), sd.number("the SD", 0))


def _read_scale(given: dict[str, Node]) -> Scale:
    is_integer = given["integer"].yes() if "integer" in given else False
    if "range" not in given:
        return Scale(is_integer)
    lo, hi = (one.number("range").value for one in given["range"].pair("lowest", "highest"))
    if lo >= hi:
        given["range"].refuse("the lowest value must be below the highest")
    return Scale(is_integer, Interval(lo, hi))
