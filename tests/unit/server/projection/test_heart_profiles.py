from server.projection.heart_profiles import make_profile
from server.study.measured_heart import Formula, MeasuredHeart, Sex


def test_a_scale_says_where_its_maximum_comes_from() -> None:
    heart = MeasuredHeart(64, Sex.FEMALE, age_years=50, formula=Formula.TANAKA)
    scale = make_profile(heart, unreliable=True).scale
    assert scale is not None
    # Tanaka at 50: 208 - 0.7 * 50
    assert (scale.rest_bpm, scale.max.bpm, scale.max.source, scale.unreliable) == (
        64,
        173,
        "tanaka",
        True,
    )


def test_what_was_stored_before_it_was_refused_gives_no_scale_and_stops_nothing() -> None:
    """Gulati's maximum at 90 is 126.8: below this rest."""
    heart = MeasuredHeart(130, Sex.FEMALE, age_years=90, formula=Formula.GULATI)
    profile = make_profile(heart, unreliable=False)
    assert (profile.scale, profile.sex) == (None, "female")
    too_old = MeasuredHeart(64, Sex.FEMALE, age_years=95, formula=Formula.GULATI)
    assert make_profile(too_old, unreliable=False).scale is None
