"""Whole journeys through several rooms."""
