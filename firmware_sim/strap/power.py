"""When a strap is awake: it wakes on skin and goes to sleep a minute after losing it."""

SHUTDOWN_AFTER_NS = 60_000_000_000  # about a minute off the strap without a link (vendor, on time)


class Power:
    """Awake while worn, linked or measuring, and for a minute after the last of them.

    Look at it at least once a second and before every change of the link or a measurement.
    """

    def __init__(self, now_ns: int) -> None:
        self.is_on = True
        self._was_worn = True
        self._last_use_ns = now_ns

    def update(self, now_ns: int, *, worn: bool, linked: bool, measuring: bool) -> bool:
        """Take what is true now; returns True when the strap has just powered on.

        A measurement that nobody stopped keeps the strap on until its battery is empty (vendor's
        known issues); once off, only skin wakes it.
        """
        if self.is_on and (self._was_worn or linked or measuring):
            self._last_use_ns = now_ns
        self._was_worn = worn
        if self.is_on and now_ns - self._last_use_ns > SHUTDOWN_AFTER_NS:
            self.is_on = False
        if self.is_on or not worn:
            return False
        self.is_on = True
        self._last_use_ns = now_ns
        return True
