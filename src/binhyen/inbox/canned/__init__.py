"""Canned replies with variables, and macros of a few fixed kinds."""
