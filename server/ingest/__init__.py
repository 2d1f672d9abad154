"""Stores bytes and answers with a watermark; knows no physiology."""
