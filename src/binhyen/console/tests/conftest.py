"""Fixtures of the console's tests: the simulated Zalo of the channels, a process of its own."""

from binhyen.channels.conftest import served_by_zalo, zalo, zalo_url

__all__ = ["served_by_zalo", "zalo", "zalo_url"]
