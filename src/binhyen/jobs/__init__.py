"""Durable background work with one contract and several engines."""
