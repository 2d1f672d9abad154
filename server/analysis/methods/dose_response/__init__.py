"""Whether those who trained more have other outcomes, within the training arm. Pure.

Control's dose is 0 by design: over both arms "dose" would be the group effect under another name,
so nothing here takes a row of control. How much somebody trained was not dealt by chance: health,
weather and work decide it too, so these are associations, exploratory at n = 15.
"""
