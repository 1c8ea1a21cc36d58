"""Articles of pages and what became of them (Zalo section 3.6)."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Article:
    """One article: `create` answers a token, the article itself comes later."""

    oa_id: str
    token: str
    title: str
    description: str
    body: list[dict[str, Any]]
    status: str
    ready_ms: int
    made_ms: int
    article_id: str = ""
    is_rejected: bool = False
    view_count: int = 0
    share_count: int = 0
    cover: dict[str, Any] = field(default_factory=dict)
    comment: str = "hide"
    """Whether people may write below it."""


class ArticleStore:
    """Articles by token, and who got a broadcast when."""

    def __init__(self) -> None:
        self.by_token: dict[str, Article] = {}
        self.broadcasts: list[dict[str, Any]] = []
        self.received: dict[tuple[str, str], int] = {}

    def of_id(self, oa_id: str, article_id: Any) -> Article | None:
        """The page's finished article."""
        found = (one for one in self.by_token.values() if one.article_id == article_id and one.oa_id == oa_id)
        return next(found, None) if article_id else None
