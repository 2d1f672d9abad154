"""What is offered is what features say."""

import struct

import pytest

from firmware_sim.strap.pmd_offers import (
    H10_PMD,
    VERITY_PMD,
    VERITY_PMD_WITH_FACTOR,
    PmdModel,
)


@pytest.mark.parametrize("model", [H10_PMD, VERITY_PMD, VERITY_PMD_WITH_FACTOR])
def test_features_and_offers_agree(model: PmdModel) -> None:
    claimed = {bit for bit in range(8) if model.features[1] >> bit & 1}
    assert claimed == {int(each) for each in model.offers}
    assert model.features[2:] == bytes(15)


def test_the_factor_is_eight_g_over_sixteen_bit() -> None:
    (extra,) = VERITY_PMD_WITH_FACTOR.start_extra.values()
    assert struct.unpack("<f", extra[2:])[0] == pytest.approx(0.000244, rel=1e-6)
