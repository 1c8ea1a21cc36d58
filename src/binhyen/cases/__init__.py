"""Sealed reports: what people tell in confidence, and how the unit works each case to its end."""
