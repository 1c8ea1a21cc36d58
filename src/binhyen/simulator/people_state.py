"""Residents as the fake Zalo knows them, and the pages they talk to."""

from collections import deque
from dataclasses import dataclass, field
from typing import Any

from binhyen.simulator.config import PACKAGE_MONTHLY_MESSAGES, PACKAGE_RATES_PER_MINUTE, PageConfig

FIRST_USER_ID = 7_000_000_000_000_000_000
FIRST_APP_USER_ID = 8_000_000_000_000_000_000
PAGE_ID_STEP = 100_000_000


@dataclass(slots=True)
class ChatMessage:
    """One message of a conversation, in either direction. `n` counts all messages; `out_n` the page's own."""

    n: int
    out_n: int
    msg_id: str
    oa_id: str
    user_id: str
    is_from_page: bool
    text: str
    at_ms: int
    kind: str = "text"
    buttons: list[dict[str, Any]] = field(default_factory=list)
    attachments: list[dict[str, Any]] = field(default_factory=list)
    quoted_id: str | None = None
    is_hidden: bool = False
    is_sent_by_officer: bool = False
    is_seen: bool = False
    reaction: str = ""
    reaction_count: int = 0
    reply_count: int = 0


@dataclass(slots=True)
class Resident:
    """One person as one page sees them; an anonymous person has a conversation id and no app id."""

    user_id: str
    oa_id: str
    user_id_by_app: str
    name: str
    conversation: deque[ChatMessage]
    is_follower: bool = False
    has_written: bool = False
    last_interaction_ms: int | None = None
    free_replies_used: int = 0
    welcome_used: int = 0
    is_banned: bool = False
    has_restricted: bool = False
    has_withdrawn: bool = False
    alias: str = ""
    notes: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    shared_info: dict[str, str] = field(default_factory=dict)
    conversation_id: str | None = None
    earlier_conversations: list[str] = field(default_factory=list)
    """Of an anonymous person, who is still answered there."""


@dataclass(slots=True)
class Page:
    """One Official Account while the simulator runs."""

    oa_id: str
    name: str
    secret_key: str
    package: str
    is_verified: bool
    oa_type: int
    number: int
    is_disabled: bool = False
    cloud_account: str = "linked"
    quota_total: int = 0
    quota_used: int = 0
    tags: list[str] = field(default_factory=list)
    upload_counts: dict[tuple[str, str], int] = field(default_factory=dict)

    @classmethod
    def from_config(cls, config: PageConfig, number: int) -> "Page":
        """The page at start, with the message quota of its package."""
        return cls(
            oa_id=config.oa_id,
            name=config.name,
            secret_key=config.secret_key,
            package=config.package,
            is_verified=config.is_verified,
            oa_type=config.oa_type,
            number=number,
            quota_total=PACKAGE_MONTHLY_MESSAGES[config.package],
        )

    @property
    def rate_per_minute(self) -> int:
        """Calls a minute of the page's package."""
        return PACKAGE_RATES_PER_MINUTE[self.package]


DEMO_PEOPLE = (
    (11, "Cô Hoa bán tạp hóa"),
    (12, "Anh Y Thuyên"),
    (13, "Bác Bình"),
)
"""Invented residents of the "phone" page: number within the page's ids, name."""


def user_id_of(page: Page, number: int) -> str:
    """The id of person `number` for one page: different for every page, as on Zalo."""
    return str(FIRST_USER_ID + page.number * PAGE_ID_STEP + number)


def app_user_id_of(number: int) -> str:
    """The id of person `number` for the app: the same for all its pages."""
    return str(FIRST_APP_USER_ID + number)
