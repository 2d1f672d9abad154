"""Places and time on air, by hand."""

import pytest

from gateway.straps.capacity import Radio, air_share, estimate

CSR, BROADCOM, OTHER = Radio("hci0", "CSR"), Radio("hci1", "Broadcom"), Radio("hci2", None)


def test_d4_fifteen_straps_need_three_adapters_of_five_places_each_with_a_gateway() -> None:
    """Promise D4: CSR 5, Broadcom 7 places, so 15 straps need three adapters."""
    alone = estimate([CSR], 15)
    assert (alone.places, alone.rate_hz, alone.adapters_needed) == (5, None, 3)


def test_adapters_that_no_gateway_uses_make_no_places() -> None:
    assert estimate([CSR, BROADCOM, BROADCOM], 15) == estimate([CSR], 15)
    assert (estimate([BROADCOM, CSR], 7).adapter, estimate([BROADCOM, CSR], 7).places) == (
        "hci1",
        7,
    )


def test_unknown_places_are_assumed_and_said_to_be() -> None:
    capacity = estimate([OTHER], 4)
    assert (capacity.places, capacity.assumed, capacity.rate_hz) == (5, True, 200)


def test_no_adapter_carries_nothing() -> None:
    assert estimate([], 1).rate_hz is None


def test_air_share_of_one_strap_at_200_hz_by_hand() -> None:
    # 5.5556 frames x (247 x 8 + 380) us + 1 beat x (29 x 8 + 380) us + 13.444 empty x 460 us
    by_hand_s = 5.5556 * 2356e-6 + 612e-6 + 13.4444 * 460e-6
    assert air_share(1, 200) == pytest.approx(by_hand_s, rel=1e-3)
    assert air_share(7, 25) < air_share(7, 200) < 0.5
