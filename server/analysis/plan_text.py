"""A plan as TOML that `AnalysisPlan.from_toml` reads back to the same plan. Pure."""

import json

import msgspec

from server.analysis.plan import AnalysisPlan


def write_plan(plan: AnalysisPlan) -> str:
    """A line a setting; what has no value is left out, as TOML knows no null."""
    told = msgspec.to_builtins(plan)
    return "".join(f"{name} = {_write(one)}\n" for name, one in told.items() if one is not None)


def _write(value: object) -> str:
    """Names are of [a-z0-9_], so JSON's strings, lists and numbers are TOML's as well."""
    return repr(value) if isinstance(value, float) else json.dumps(value)
