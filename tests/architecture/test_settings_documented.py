"""Every setting stands in its package's README with the very words of its description."""

import pytest
from pydantic_settings import BaseSettings

from gateway.settings import Settings as GatewaySettings
from server.settings import Settings as ServerSettings
from tests.architecture.source_tree import ROOT


def expected_row(name: str, settings: type[BaseSettings]) -> str:
    field = settings.model_fields[name]
    default = "needed" if field.is_required() else f"`{field.default}`"
    shown = "none" if default in {"`None`", "``"} else default
    return f"| `DOSELINE_{name.upper()}` | {shown} | {field.description} |"


@pytest.mark.parametrize(
    ("package", "settings"), [("gateway", GatewaySettings), ("server", ServerSettings)]
)
def test_readme_table_is_the_settings(package: str, settings: type[BaseSettings]) -> None:
    readme = (ROOT / package / "README.md").read_text(encoding="utf-8").splitlines()
    rows = [line for line in readme if line.startswith("| `DOSELINE_")]
    assert rows == [expected_row(name, settings) for name in settings.model_fields]
