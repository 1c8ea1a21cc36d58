"""Formats that differ from those of Django."""
