"""The words a training plan is written in."""

from enum import StrEnum


class Unit(StrEnum):
    """What the amount of a set counts."""

    REPS = "reps"
    SECONDS = "seconds"
    METRES = "metres"
    LAPS = "laps"  # one way, from mark to mark


class Sides(StrEnum):
    """How an amount is counted over left and right."""

    BOTH = "both"  # both limbs work at once, or she walks
    EACH_SIDE = "each_side"  # the amount is done on each side
    SHARED = "shared"  # the amount counts both sides together


class Support(StrEnum):
    """What she may hold on to."""

    NONE = "none"
    WITHIN_REACH = "within_reach"  # it stands beside her, she doesn't hold it
    HOLD = "hold"


class RestScope(StrEnum):
    """After what the rest comes."""

    BETWEEN_STATIONS = "between_stations"  # a set, a rest, the next station
    BETWEEN_ROUNDS = "between_rounds"  # a set at every station, then one rest
    BETWEEN_SETS = "between_sets"  # all sets at one station, a rest after each


class Origin(StrEnum):
    """Where a field's value comes from."""

    PRINTED = "printed"
    INFERRED = "inferred"
    STUDY = "study"  # decided by the study that wrote this plan


class SelectionRule(StrEnum):
    """How the stations of a session are chosen."""

    COVER_WEEK = "cover_week"  # protocol.training.selection
    LISTED = "listed"  # the plan lists them


class RotationRule(StrEnum):
    """Where she goes from a station."""

    FORWARD = "forward"
    BACKWARD = "backward"


class Policy(StrEnum):
    """Who decides what comes next."""

    AS_PRINTED = "as_printed"  # the plan's steps, identical for all
    TAILORED = "tailored"  # criteria for each person and exercise


class Axis(StrEnum):
    """The four ways to make an exercise harder that the study's text names."""

    REPETITIONS = "repetitions"  # or laps, or metres
    DURATION = "duration"  # of a hold
    BAND = "band"
    TYPE = "type"  # a harder exercise of the same family, or more intense


class Start(StrEnum):
    """The amount a person starts an exercise with."""

    BOTTOM = "bottom"  # of the range; the amount climbs
    TOP = "top"  # she works in the whole range; something else climbs
