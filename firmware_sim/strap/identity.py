"""Who a strap is."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Identity:
    """What is printed on the pod, and what it calls itself over the air."""

    serial: str
    model: str
    name: str
