"""The metrics that the dose matrix can show, and how each is worked out, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from server.study.fields.words import label
from server.web.catalogue.spoken import t


@dataclass(frozen=True, slots=True)
class Shown:
    """`key` stands in addresses; `metric` is its name in the vector.

    `share` is the metric with the share of it that was observed, None where nothing is observed;
    `beside` are other metrics that a reader of this one should see, with what they are.
    """

    key: str
    name: str
    metric: str
    definition: str
    share: str | None = None
    others: Sequence[tuple[str, str]] = ()

    @property
    def label(self) -> str:
        """Its name in the language of whoever asks."""
        return t(self.name)

    @property
    def formula(self) -> str:
        """How it is worked out, in the same language."""
        return t(self.definition)

    @property
    def beside(self) -> Sequence[tuple[str, str]]:
        """Metric and what it is, in the same language."""
        return [(metric, t(words)) for metric, words in self.others]


SETS: Final = Shown(
    "sets",
    label("Sets"),
    "sets_as_logged",
    label("Sets that were done, assumed ones too; a skipped set is 0."),
    "sets_observed_share",
    (("sets_observed", label("Seen by somebody")),),
)
REPETITIONS: Final = Shown(
    "repetitions",
    label("Repetitions"),
    "repetitions_as_logged",
    label("Repetitions of all sets that were done, both sides counted where each side does it."),
    "repetitions_observed_share",
    (("repetitions_observed", label("Seen by somebody")),),
)
TENSION: Final = Shown(
    "tension",
    label("Band tension"),
    "band_tension_as_logged",
    label(
        "Repetitions times the band's pull in newtons, from its colour and how far it was"
        " stretched, summed over the sets with a band."
    ),
    "band_tension_observed_share",
    (
        ("band_tension_low_as_logged", label("With the lower published pull")),
        ("band_tension_high_as_logged", label("With the higher published pull")),
        ("band_level", label("Strongest band, as a level")),
    ),
)
SRPE: Final = Shown(
    "srpe",
    label("Session-RPE load"),
    "srpe_load_au",
    label(
        "Effort of the whole session on 0 to 10 times its minutes, rests included (Foster 1998)."
    ),
    others=(
        ("session_rpe_cr10", label("Effort")),
        ("duration_min", label("Minutes of the session")),
        ("srpe_load_13_as_3_5_au", label("With Borg 13 taken as 3.5")),
        ("rpe_minus_6_min", label("From Borg 6 to 20")),
    ),
)
TRIMP: Final = Shown(
    "trimp",
    label("TRIMP"),
    "trimp_banister_prorated_au",
    label(
        "Minutes times heart rate reserve times its exponential weight, sample by sample in the"
        " main part (Banister 1991); from 80 % coverage on what wasn't heard counts like the rest."
    ),
    others=(
        ("trimp_banister_au", label("Only what was heard")),
        ("trimp_banister_session_mean_au", label("From the session's mean heart rate")),
        ("trimp_edwards_prorated_au", label("By zones (Edwards 1993)")),
        ("mean_hr_bpm", label("Mean heart rate")),
    ),
)
WORK: Final = Shown(
    "work",
    label("Work minutes"),
    "work_min_as_logged",
    label("Minutes that the clock gave to the work of each set that was done, without rests."),
    "work_min_observed_share",
    (("work_min_observed", label("Seen by somebody")),),
)

ALL: Final = (SETS, REPETITIONS, TENSION, SRPE, TRIMP, WORK)


def find_shown(key: str | None) -> Shown:
    """By its key; the first one for a key that is none."""
    return next((one for one in ALL if one.key == key), SETS)
