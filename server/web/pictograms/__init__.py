"""Line pictures of exercises, drawn from poses. `movements.toml` holds them, one table each.

The tablet serves the drawn files; `python -m tests.update_pictures` draws them anew.
"""
