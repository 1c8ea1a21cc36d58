"""Random public identifiers: what leaves the house in an address never tells a count or an order (G39)."""

import secrets

PUBLIC_ID_LENGTH = 16
"""Characters of a public id; 16 of base64url are 96 random bits."""


def new_public_id() -> str:
    """A random id of `PUBLIC_ID_LENGTH` letters, digits, '-' and '_'."""
    return secrets.token_urlsafe(12)
