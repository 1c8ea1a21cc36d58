"""What may never go out to a resident: requests for money, codes or photos of papers (G46), foreign links (G47), marked
state secrets (G63)."""

from binhyen.language.publication import asks_money_or_code as asks_in_plain_words
from binhyen.language.publication import has_secret_mark, is_allowed, links_in

__all__ = ["asks_money_or_code", "foreign_links", "has_secret_mark"]

_ZALO = ("https://zalo.me", "https://oa.zalo.me")
"""Replies may lead to any page on Zalo; a post may lead only to the unit's own (see language.publication.links)."""


def asks_money_or_code(text: str) -> bool:
    """Whether a reply asks for money, a code, a paper or an app: the rules and the second look that judge posts."""
    if asks_in_plain_words(text):
        return True
    from binhyen.language.publication.meaning import reads_like_a_request  # numbers and model: not before one replies

    return reads_like_a_request(text)


def foreign_links(text: str, own_host: str) -> list[str]:
    """Links that lead neither to this installation, nor to a government site, nor to a page on Zalo."""
    own = (own_host, *_ZALO)
    return [text[start:end] for start, end in links_in(text) if not is_allowed(text[start:end], own)]
