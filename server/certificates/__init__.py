"""The study's own certificate authority, so that tablets on the gym's network trust one address."""
