"""Understand residents' Vietnamese: kinds, topics, danger, places, personal data. Pure functions, no tables.

Each thing is imported from the file it is in: what only reads words then loads no model and no numbers.
"""
