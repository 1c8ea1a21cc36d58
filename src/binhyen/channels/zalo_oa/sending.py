"""Sends consultation messages."""

from binhyen.channels.connector import Credentials, Later, Outbound, Outcome


def send(outbound: Outbound, keys: Credentials) -> Outcome:  # noqa: ARG001
    """Not yet connected."""
    return Later(60, "not_ready")
