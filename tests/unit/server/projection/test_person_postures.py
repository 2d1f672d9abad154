import numpy as np

from server.dose.movement.epochs import Epochs
from server.dose.movement.posture import Posture
from server.dose.quantity import Missing
from server.dose.sensed.evening_times import Interval
from server.projection.person_postures import BY_AXES, BY_WARM_UP, find_postures
from server.projection.person_streams import MovementPiece

S, RATE_HZ = 1_000_000_000, 50
UP, DOWN_ON_HER_BACK = (-1000.0, 0.0, 0.0), (0.0, 0.0, 1000.0)
WARM_UP = Interval(0, 180_000)


def lie(gravity_mg: tuple[float, ...], from_s: float, until_s: float, strap: str) -> MovementPiece:
    at_ns = (np.arange(from_s, until_s, 1 / RATE_HZ) * S).astype(np.int64)
    samples = np.tile(np.array(gravity_mg, dtype=np.float32), (len(at_ns), 1))
    return MovementPiece(strap, RATE_HZ, RATE_HZ, at_ns, samples)


def epochs(until_s: float, missing: tuple[int, ...] = ()) -> Epochs:
    n = round(until_s / 5)
    nothing = np.zeros(n)
    why = tuple(Missing.LOW_COVERAGE if place in missing else None for place in range(n))
    return Epochs(5.0, 0.0, nothing, nothing, nothing + 1, nothing, nothing, why)


def test_upright_is_where_gravity_was_in_the_warm_up() -> None:
    """A strap that lies otherwise on her chest: what was upright then is, and a turn is lying."""
    pieces = [lie(DOWN_ON_HER_BACK, 0, 180, "A"), lie(UP, 180, 200, "A")]
    told = find_postures(pieces, epochs(200), 0, WARM_UP)
    assert told.upright == BY_WARM_UP
    assert told.of[:36] == (Posture.UPRIGHT,) * 36
    assert told.of[36:] == (Posture.LYING,) * 4


def test_without_a_warm_up_the_axes_of_an_h10_are_taken_and_said() -> None:
    for warmup in (None, Interval(0, 60_000)):
        told = find_postures([lie(UP, 0, 60, "A")], epochs(60), 0, warmup)
        assert (told.upright, set(told.of)) == (BY_AXES, {Posture.UPRIGHT})


def test_each_strap_has_its_own_upright() -> None:
    pieces = [lie(UP, 0, 180, "A"), lie(DOWN_ON_HER_BACK, 180, 200, "B")]
    told = find_postures(pieces, epochs(200), 0, WARM_UP)
    assert told.upright == BY_AXES  # strap B wasn't there in the warm-up
    assert told.of[36:] == (Posture.LYING,) * 4


def test_what_was_not_heard_or_is_no_gravity_is_unknown() -> None:
    pieces = [lie(UP, 0, 20, "A"), lie((0.0, 0.0, 0.0), 20, 30, "A"), lie(UP, 40, 50, "A")]
    told = find_postures(pieces, epochs(50, missing=(1,)), 0, None).of
    unknown, upright = Posture.UNKNOWN, Posture.UPRIGHT
    assert told == (upright, unknown, upright, upright, *[unknown] * 4, upright, upright)
