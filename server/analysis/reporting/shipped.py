"""The checklists that come with doseline, read once."""

from functools import cache
from importlib.resources import files
from typing import Final

from server.analysis.reporting.checklist import Checklist, parse_checklist
from server.errors import NotFoundError

# Each is a file; `flow` last: it is no checklist, but what the flow's first boxes need.
NAMES: Final = (
    "consort_2025", "consort_harms_2022", "consort_npt_2017", "cert_2016", "tidier_2014", "flow",
)  # fmt: skip
FLOW: Final = "flow"


@cache
def read_checklists() -> tuple[Checklist, ...]:
    """All of them, in the order of NAMES."""
    folder = files("server.analysis.reporting").joinpath("checklists")
    return tuple(
        parse_checklist(folder.joinpath(f"{name}.toml").read_text(encoding="utf-8"))
        for name in NAMES
    )


def list_item_names() -> list[str]:
    """Such as `consort-2025/22a`, in their order."""
    return [one.name_item(item) for one in read_checklists() for item in one.items]


def find_checklist(checklist_id: str) -> Checklist:
    """Raises NotFoundError."""
    for one in read_checklists():
        if one.id == checklist_id:
            return one
    known = ", ".join(one.id for one in read_checklists())
    raise NotFoundError(f"there is no checklist of this name; there are: {known}")


def require_item(name: str) -> None:
    """Raises NotFoundError for what is no item of any checklist."""
    if name not in list_item_names():
        raise NotFoundError(
            "there is no item of this name; items are called as cert/7a or consort-2025/22a, and"
            " 'reporting show' lists them"
        )
