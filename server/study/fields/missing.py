"""Why a field of the study has no value. Pure.

One vocabulary with `server.dose.quantity.Missing`: a word that both have means the same in both,
and nothing has two words (a test holds them together). Dose knows what sensors and sessions can
lack, this list what people, tubes and plates can (decision 0039).
"""

from enum import StrEnum
from typing import Final

from server.study.fields.words import label


class MissingReason(StrEnum):
    """None of these is a zero, and none is guessed: an empty cell says nothing."""

    NOT_RECORDED = "not_recorded"
    NOT_DONE = "not_done"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"
    WITHDRAWN = "withdrawn"
    LOST = "lost"
    UNUSABLE = "unusable"
    BELOW_LLOQ = "below_lloq"
    ABOVE_ULOQ = "above_uloq"
    HAEMOLYSED = "haemolysed"
    INSUFFICIENT = "insufficient"


MISSING_WORDS: Final = {
    MissingReason.NOT_RECORDED: label("nobody wrote it down"),
    MissingReason.NOT_DONE: label("was not measured, or not drawn"),
    MissingReason.REFUSED: label("she was asked, and said no"),
    MissingReason.UNKNOWN: label("she was asked, and doesn't know"),
    MissingReason.NOT_APPLICABLE: label("can't exist for her"),
    MissingReason.WITHDRAWN: label("she had left the study"),
    MissingReason.LOST: label("the sheet or the tube was lost"),
    MissingReason.UNUSABLE: label("measured, and had to be thrown out"),
    MissingReason.BELOW_LLOQ: label("below the lower limit of quantification"),
    MissingReason.ABOVE_ULOQ: label("above the upper limit of quantification"),
    MissingReason.HAEMOLYSED: label("the sample was haemolysed"),
    MissingReason.INSUFFICIENT: label("too little of the sample"),
}

# Only a concentration can be missing for what a plate or a tube does.
OF_AN_ASSAY: Final = frozenset(
    {
        MissingReason.BELOW_LLOQ,
        MissingReason.ABOVE_ULOQ,
        MissingReason.HAEMOLYSED,
        MissingReason.INSUFFICIENT,
    }
)
OF_ANY_FIELD: Final = frozenset(MissingReason) - OF_AN_ASSAY
