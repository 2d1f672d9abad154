"""Reporting checklists answered from what a study knows, and the flow of its participants."""
