"""Repetitions that a strap on the chest can see: proposed beside the trainer's number."""
