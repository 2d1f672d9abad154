"""Opens a dataset folder in Python: checked against its manifest, typed, reasons kept.

from server.export.opening import open_dataset
dataset = open_dataset("./dataset")
dose = dataset.table("dose")
"""

import json
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from server.errors import SettingsError

if TYPE_CHECKING:
    import pandas as pd

_TYPES: Final = {"integer": "Int64", "number": "float64", "boolean": "boolean"}


@dataclass(frozen=True, slots=True)
class Dataset:
    """A folder of profile `csv` or `parquet`. `manifest` is its manifest.json."""

    folder: Path
    manifest: dict[str, Any]

    @property
    def names(self) -> list[str]:
        """Of all tables."""
        return [one["name"] for one in self.manifest["tables"]]

    @property
    def is_simulated(self) -> bool:
        return bool(self.manifest["simulated"])

    def table(self, name: str) -> "pd.DataFrame":
        """One table; an absent value is missing, and its reason stands in the column after it.

        Raises SettingsError for a name that isn't there.
        """
        import pandas as pd

        if name not in self.names:
            raise SettingsError(f"{self.folder} has no table {name}; there are: {self.names}")
        if self.manifest["profile"] == "parquet":
            return pd.read_parquet(self.folder / f"{name}.parquet")
        book = self.codebook()
        of_table = book[book["table_name"] == name]
        pairs = zip(of_table["column_name"], of_table["kind"], strict=True)
        types: Any = {column: _TYPES.get(str(kind), "string") for column, kind in pairs}
        path = self.folder / f"{name}.csv"
        return pd.read_csv(path, dtype=types, keep_default_na=False, na_values=[""])

    def codebook(self) -> "pd.DataFrame":
        """Every column of every table, with its label, unit and allowed values."""
        import pandas as pd

        return pd.read_csv(self.folder / "codebook.csv", keep_default_na=False)

    def sum_dose(self, metric: str, category: str = "all") -> "pd.DataFrame":
        """A row a participant: sessions with a number, sessions without, and the sum of the former.

        A sum over fewer sessions than were held is no whole dose: `n_absent` says so.
        """
        dose = self.table("dose")
        hers = dose[(dose["metric"] == metric) & (dose["category"] == category)]
        grouped = hers.groupby("participant")["delivered"]
        told = grouped.agg(
            n_sessions="count", delivered=lambda one: one.sum(min_count=1)
        ).reset_index()
        told["n_absent"] = grouped.size().to_numpy() - told["n_sessions"].to_numpy()
        return told

    def count_reasons(self, name: str) -> dict[str, dict[str, int]]:
        """Why values of a table are absent: column -> reason -> cells, as the manifest counts."""
        told = next(one for one in self.manifest["tables"] if one["name"] == name)
        return dict(told["absent"])


def open_dataset(folder: str | Path) -> Dataset:
    """Check every file against the manifest. Raises SettingsError, naming what doesn't fit."""
    place = Path(folder)
    try:
        manifest = json.loads((place / "manifest.json").read_text(encoding="utf-8"))
        profile, files = (
            manifest["profile"],
            [(one["name"], one["sha256"]) for one in manifest["files"]],
        )
    except OSError as error:
        raise SettingsError(f"{place} is no dataset: {error.strerror} (manifest.json)") from None
    except (ValueError, KeyError, TypeError):
        raise SettingsError(f"{place / 'manifest.json'} is no manifest of a dataset") from None
    if profile not in ("csv", "parquet"):
        raise SettingsError(f"{place} is of profile {profile}; csv or parquet is read")
    for name, sha256 in files:
        _check(place / name, sha256)
    return Dataset(place, manifest)


def _check(path: Path, sha256: str) -> None:
    try:
        with path.open("rb") as file:
            digest = file_digest(file, "sha256").hexdigest()
    except OSError:
        raise SettingsError(f"{path} is missing; get the dataset anew") from None
    if digest != sha256:
        raise SettingsError(f"{path} isn't what was handed out; get the dataset anew")
