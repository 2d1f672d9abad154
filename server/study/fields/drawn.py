"""What is written down of a draw of blood and of what was found in it: the tables."""

from dataclasses import dataclass
from typing import Final

from server.study.fields.field import Field, Kind, Section, by_name
from server.study.fields.measured import YES_NO
from server.study.fields.missing import MissingReason
from server.study.fields.words import label

_NUMBER, _CHOICE = Kind.NUMBER, Kind.CHOICE
_CONTEXT, _ASSAY = Section.CONTEXT, Section.ASSAY


@dataclass(frozen=True, slots=True)
class Analyte:
    """`usual_pg_ml`, by matrix: what lies outside is stored, and told of."""

    label: str
    usual_pg_ml: dict[str, tuple[float, float]]


# Serum BDNF is tens of ng/mL, because platelets let it go while blood clots: hundreds of pg/mL
# are plasma, or a dilution that was forgotten (design: paper audit 5, features 16).
ANALYTES: Final = {
    "bdnf": Analyte(label("BDNF"), {"serum": (2_000.0, 100_000.0)}),
    "gdnf": Analyte(label("GDNF"), {}),
}
ANALYTE_LABELS: Final = {name: one.label for name, one in ANALYTES.items()}
MATRICES: Final = {"serum": label("serum"), "plasma": label("plasma")}
ANTICOAGULANTS: Final = {
    "edta": label("EDTA"),
    "citrate": label("citrate"),
    "heparin": label("heparin"),
}
UNITS_PG_ML: Final = {"pg/mL": 1.0, "ng/L": 1.0, "ng/mL": 1_000.0, "ug/L": 1_000.0}
FLAGS: Final = {
    "none": label("none"),
    "haemolysed": label("haemolysed"),
    "lipaemic": label("lipaemic"),
    "icteric": label("icteric"),
    "thawed": label("was thawed before"),
    "high_cv": label("duplicates differ"),
    "below_lloq": label("below the lower limit of quantification"),
    "above_uloq": label("above the upper limit of quantification"),
}
ILLNESSES: Final = {
    "none": label("none"),
    "infection": label("infection"),
    "fever": label("fever"),
    "injury": label("injury"),
    "other": label("another one"),
}

# Of one draw: the same for everything that is found in its tubes.
DRAWN: Final = (
    Field("drawn_at", label("Drawn at"), Kind.INSTANT, Section.TUBE),
    Field("fasting_h", label("Fasting"), _NUMBER, _CONTEXT, "h", (0, 72), (8, 16),
          source="the study: 12 h overnight"),
    Field("exercise_h", label("Since the last exercise"), _NUMBER, _CONTEXT, "h", (0, 10_000),
          (48, 10_000), reveals_arm=True, source="the study: 48 h after the last session"),
    Field("cycle_day", label("Day of the cycle"), _NUMBER, _CONTEXT, "", (1, 90), (1, 40), 1),
    Field("sleep_h", label("Sleep in the night before"), _NUMBER, _CONTEXT, "h", (0, 24), (3, 12)),
    Field("illness", label("Illness in the last 2 weeks"), Kind.CHOICES, _CONTEXT,
          choices=ILLNESSES),
    Field("caffeine_12h", label("Caffeine in the last 12 hours"), _CHOICE, _CONTEXT,
          choices=YES_NO),
)  # fmt: skip
# Of one analyte in one matrix of that draw.
ASSAYED: Final = (
    Field("value", label("Concentration"), _NUMBER, _ASSAY, "", (0, 10_000_000),
          reasons=frozenset(MissingReason)),
    Field("unit", label("Unit"), _CHOICE, _ASSAY,
          choices={unit: unit for unit in UNITS_PG_ML}),
    Field("anticoagulant", label("Anticoagulant"), _CHOICE, _ASSAY, choices=ANTICOAGULANTS),
    Field("plate", label("Plate or laboratory reference"), Kind.REFERENCE, _ASSAY),
    Field("dilution", label("Dilution, fold"), _NUMBER, _ASSAY, "", (1, 100_000), (1, 1_000)),
    Field("lloq", label("Lower limit of quantification, in the same unit"), _NUMBER, _ASSAY, "",
          (0, 10_000_000)),
    Field("uloq", label("Upper limit of quantification, in the same unit"), _NUMBER, _ASSAY, "",
          (0, 10_000_000)),
    Field("flags", label("Flags"), Kind.CHOICES, _ASSAY, choices=FLAGS),
)  # fmt: skip
DRAWN_BY_NAME: Final = by_name(DRAWN)
ASSAYED_BY_NAME: Final = by_name(ASSAYED)
