"""From when on beats, or none, are no heart's: for the live page and in hindsight."""

# The slowest plausible heart, 24 a minute, beats every 2.5 s; twice that without a beat is none.
NO_BEAT_AFTER_S = 5.0
# Even a paced heart moves an RR interval by a tick (1/1024 s) within a dozen beats.
FLAT_BEATS_AFTER_S = 12.0
FLAT_BEATS_AT_LEAST = 8
