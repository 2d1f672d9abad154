"""What every value of an event has in common."""

import msgspec


class EventValue(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Every key is sent, with null for what is not known; a key that isn't listed is refused.

    A `__post_init__` that raises ValueError refuses what single fields can't: its sentence is shown
    to whoever entered the value.
    """
