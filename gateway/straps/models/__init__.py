"""Strap models: one module a maker, and the table that finds a model's profile by its name."""

from gateway.straps.models import generic, polar
from gateway.straps.models.profile import Profile

_BY_WORD = {
    "h10": polar.H10,
    "verity": polar.VERITY,
    "sense": polar.VERITY,
    "h9": polar.H9,
}


def profile_for(model: str) -> Profile:
    """The profile that a roster's or a strap's model name means; generic where none is known."""
    words = model.lower().replace("-", " ").replace("_", " ").split()
    return next((_BY_WORD[word] for word in words if word in _BY_WORD), generic.PROFILE)
