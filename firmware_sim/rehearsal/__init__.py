"""The whole chain on one machine, and the comparison of what straps sent with what was kept."""
