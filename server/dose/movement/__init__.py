"""How much a chest moved: epochs of acceleration in mg, calibrated where that is possible.

Placement matters: these are a chest's numbers, and cut-points made for wrists don't apply.
"""
