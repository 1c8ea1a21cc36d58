"""Behaviour of the fake Zalo servers, seen from outside."""
