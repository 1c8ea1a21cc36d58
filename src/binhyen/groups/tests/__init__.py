"""Tests of the register of groups."""
