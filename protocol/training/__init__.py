"""The training plan as data: what it prescribes, what contradicts itself, what comes next."""
