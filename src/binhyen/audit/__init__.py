"""Append-only chain of who did what."""
