"""Number types of a plan. Bounds are generous: they only keep nonsense from costing time."""

from typing import Annotated

from msgspec import Meta

Week = Annotated[int, Meta(ge=0, le=104)]
Count = Annotated[int, Meta(ge=0, le=1_000)]
Amount = Annotated[int, Meta(ge=0, le=10_000)]  # repetitions, seconds, metres or laps
Minutes = Annotated[int, Meta(ge=0, le=600)]
Seconds = Annotated[int, Meta(ge=0, le=3_600)]
UnitSeconds = Annotated[float, Meta(ge=0, le=60)]
Rating = Annotated[int, Meta(ge=0, le=100)]  # of effort; which numbers exist is effort.py's
Disability = Annotated[float, Meta(ge=0, le=10)]  # EDSS
HeartRate = Annotated[int, Meta(ge=30, le=250)]  # beats a minute
Name = Annotated[str, Meta(min_length=1, max_length=80)]
Language = Annotated[str, Meta(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]  # BCP 47
Identifier = Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9_-]{0,59}$")]

Weeks = tuple[Week, Week]  # first and last
Amounts = tuple[Amount, Amount]  # least and most
Ratings = tuple[Rating, Rating]  # least and most
