"""Seed data with its sources: procedures, forms, deadlines, units, messages."""
