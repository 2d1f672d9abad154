import pytest

from server.analysis.methods.eta_squared import (
    EtaConvention,
    compute_partial_eta_squared,
    compute_partial_eta_squared_ci90,
)


@pytest.mark.parametrize(
    ("f", "df2", "expected"),
    [
        # R 4.2.2, effectsize 0.8.3: eta_squared(partial = TRUE, ci = .9, alternative = "two.sided")
        (3.827811970848, 28, (0.1202662619, 0.0, 0.3211312256)),
        (13.643328216449, 28, (0.3276233865, 0.107025046258, 0.5190639269)),
        (10.9188505447, 23, (0.3219109837, 0.08320658922, 0.5307433957)),
        (16.469576083816, 27, (0.3788759304, 0.1460608798, 0.5634173528)),
    ],
)
def test_by_the_error_df_as_effectsize_has_it(
    f: float, df2: int, expected: tuple[float, float, float]
) -> None:
    interval = compute_partial_eta_squared_ci90(f, df2, EtaConvention.ERROR_DF)
    assert (compute_partial_eta_squared(f, df2), *interval) == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize(
    ("f", "expected"),
    [
        # The study's Table 3 by hand, df 1 and 28, with lambda / (lambda + N): 4 digits
        (117.42, (0.8075, 0.6749, 0.8615)),
        (219.3, (0.8868, 0.8044, 0.9184)),
        (107.87, (0.7939, 0.6536, 0.8519)),
        (221.14, (0.8876, 0.8057, 0.9190)),
        (111.70, (0.7996, 0.6625, 0.8559)),
        (146.10, (0.8392, 0.7258, 0.8842)),
    ],
)
def test_by_steiger(f: float, expected: tuple[float, float, float]) -> None:
    interval = compute_partial_eta_squared_ci90(f, 28)
    assert (compute_partial_eta_squared(f, 28), *interval) == pytest.approx(expected, abs=1e-4)
