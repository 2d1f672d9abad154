"""What a tablet gets: signed limits of those who come, and nothing of anybody else."""

from server.safety.limits import SafetyLimits
from server.safety.phones import Phone
from server.safety.register import Proposal, Signature
from server.safety.view import view_safety

LIMITS = SafetyLimits(150, 14, 16, {"P07": 130, "P12": 125})
SIGNED = Proposal(
    3, LIMITS, "ab" * 32, "why", "os:ana", 0, Signature("karimi", "neurologist", "", "ab" * 32, 0)
)


def test_without_a_signature_every_limit_is_null_and_the_phones_are_there() -> None:
    told = view_safety(None, [Phone("Ambulance", "115")], ["P07"], "borg_6_20")
    assert told == {
        "hr_ceiling_bpm": None,
        "hr_ceiling_bpm_of": {},
        "rpe_look": None,
        "rpe_act": None,
        "signed_by": None,
        "signed_utc": None,
        "sha256": None,
        "phones": [{"name": "Ambulance", "number": "115"}],
    }


def test_signed_limits_are_those_of_who_comes() -> None:
    told = view_safety(SIGNED, [], ["P07"], "borg_6_20")
    assert (told["hr_ceiling_bpm"], told["rpe_look"], told["rpe_act"]) == (150, 14, 16)
    assert told["hr_ceiling_bpm_of"] == {"P07": 130}
    assert (told["signed_by"], told["signed_utc"]) == ("karimi", "1970-01-01T00:00:00.000Z")


def test_on_the_other_scale_the_rating_with_the_same_anchor_counts() -> None:
    """Borg 1998: 15 is 5 and 17 is 7; 14 and 16 lie between."""
    told = view_safety(SIGNED, [], [], "cr10")
    assert (told["rpe_look"], told["rpe_act"]) == (4.5, 6.0)
