import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.analysis.methods.holm import adjust_by_holm


@pytest.mark.parametrize(
    ("ps", "expected"),
    [
        # R 4.2.2: p.adjust(ps, "holm")
        ((0.04, 0.01, 0.03, 0.2), (0.09, 0.04, 0.09, 0.2)),
        ((0.7, 0.6), (1.0, 1.0)),
        ((0.03, 0.02), (0.04, 0.04)),
        ((0.5,), (0.5,)),
        ((), ()),
    ],
)
def test_as_r_has_it(ps: tuple[float, ...], expected: tuple[float, ...]) -> None:
    assert adjust_by_holm(ps) == pytest.approx(expected)


@given(st.lists(st.floats(1e-12, 1.0), min_size=2, max_size=6))
def test_it_keeps_the_order_and_never_helps(ps: list[float]) -> None:
    adjusted = adjust_by_holm(ps)
    assert all(p <= after <= 1 for p, after in zip(ps, adjusted, strict=True))
    ranked = [after for _, after in sorted(zip(ps, adjusted, strict=True))]
    assert ranked == sorted(adjusted)
