"""A dataset by which too few are alike is refused, whatever chose it."""

import pytest

from server.errors import RuleError
from server.export.dataset.disclosure import Disclosure
from server.export.dataset.levels import list_levels
from server.export.dataset.sources.measurements import TABLE
from server.export.dataset.telling_apart import Protection

SEX = next(one for one in TABLE.columns if one.name == "sex")
LEVELS = {"sex": list_levels(SEX)[0]}
EXACT = Disclosure(("arm", "sex"), 1, 30)


def test_too_few_alike_are_refused_and_enough_are_not() -> None:
    with pytest.raises(RuleError, match="4 participants would be in groups of fewer than 5"):
        Protection(LEVELS, Disclosure(("arm", "sex"), 4, 4), EXACT).require_safe()
    Protection(LEVELS, Disclosure(("arm", "sex"), 5, 0), EXACT).require_safe()


def test_of_four_women_everything_but_who_they_are_may_go_out() -> None:
    Protection({}, Disclosure(("arm",), 2, 4), EXACT).require_safe()
