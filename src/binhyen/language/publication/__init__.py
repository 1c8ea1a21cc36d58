"""Look a draft over before it is published: personal data, people, secrets, requests, links. Pure functions."""

from binhyen.language.publication.check import LONGEST, check_publication
from binhyen.language.publication.evaluation import evaluate_publication
from binhyen.language.publication.findings import (
    LEVELS,
    POST_KINDS,
    Finding,
    Flag,
    Level,
    PostKind,
    Publisher,
    heaviest,
)
from binhyen.language.publication.links import is_allowed, links_in
from binhyen.language.publication.requests import asks_money_or_code
from binhyen.language.publication.secrets import file_name_has_secret_mark, has_secret_heading, has_secret_mark

__all__ = [
    "LEVELS", "LONGEST", "POST_KINDS", "Finding", "Flag", "Level", "PostKind", "Publisher", "asks_money_or_code",
    "check_publication", "evaluate_publication", "file_name_has_secret_mark", "has_secret_heading", "has_secret_mark",
    "heaviest", "is_allowed", "links_in",
]  # fmt: skip
