"""What may never go out to a resident: requests for money, codes or photos of papers (G46), foreign links (G47), marked
state secrets (G63)."""

from binhyen.language.publication import asks_money_or_code, has_secret_mark, is_allowed, links_in

__all__ = ["asks_money_or_code", "foreign_links", "has_secret_mark"]

_ZALO = ("https://zalo.me", "https://oa.zalo.me")
"""Replies may lead to any page on Zalo; a post may lead only to the unit's own (see language.publication.links)."""


def foreign_links(text: str, own_host: str) -> list[str]:
    """Links that lead neither to this installation, nor to a government site, nor to a page on Zalo."""
    own = (own_host, *_ZALO)
    return [text[start:end] for start, end in links_in(text) if not is_allowed(text[start:end], own)]
