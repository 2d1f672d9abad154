"""Any strap with the standard Heart Rate Service: heart rate and RR, no acceleration."""

from gateway.straps.models.profile import Profile

PROFILE = Profile("generic")
