"""Duplicates worked as one thread; every resident keeps the own conversation and reply window."""
