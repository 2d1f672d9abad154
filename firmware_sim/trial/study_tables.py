"""Measurements and samples as the files that the server's commands read. Pure."""

from collections.abc import Iterable, Mapping, Sequence

from firmware_sim.trial.measured import Row


def write_measured(rows: Mapping[str, Row], time_point: str) -> str:
    """For `participants measure`, a row a participant."""
    return write_table(
        {"participant": code, "time_point": time_point, **row} for code, row in sorted(rows.items())
    )


def write_table(rows: Iterable[Row]) -> str:
    """CSV with all columns that any row has; no cell has a comma in it."""
    told: Sequence[Row] = [*rows]
    columns = list(dict.fromkeys(name for row in told for name in row))
    lines = [",".join(row.get(name, "") for name in columns) for row in told]
    return "\n".join((",".join(columns), *lines)) + "\n"
