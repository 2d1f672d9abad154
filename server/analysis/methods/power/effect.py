"""What number an effect size is: the same .3 is four different effects."""

from enum import StrEnum


class Convention(StrEnum):
    """How an effect size is meant; the words are what a reader sees."""

    F = "Cohen's f"  # spread of means over the SD within a cell
    F_WITH_RHO = "f with the correlation of the measurements (G*Power's default)"
    F_AS_IN_SPSS = 'f(V) "as in SPSS": the correlation is inside the effect'
    D = "Cohen's d: difference over the SD of one measurement"
    R = "Pearson's r"
