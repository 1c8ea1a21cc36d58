"""Fixtures of the flows."""

from tests.flows.living_page import page, zalo_url

__all__ = ["page", "zalo_url"]
