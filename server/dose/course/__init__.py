"""Dose of one person over a whole course, from the vectors of its sessions. Pure."""
