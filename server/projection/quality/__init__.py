"""What somebody should look at before numbers are believed: one rule a file, one line a rule."""
