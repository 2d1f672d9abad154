"""The report: one document of plain blocks, written as HTML and as PDF."""
