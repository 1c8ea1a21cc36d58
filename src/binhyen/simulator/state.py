"""The whole memory of one simulator: pages, residents, messages, tokens, uploads, faults; all of it bounded."""

import secrets
from collections import OrderedDict, deque
from typing import Any

from binhyen.simulator.articles_state import ArticleStore
from binhyen.simulator.clock import DAY_MS, VirtualClock
from binhyen.simulator.config import SimulatorConfig, Switches
from binhyen.simulator.faults import FaultList
from binhyen.simulator.groups_state import PACKAGE_ASSETS, GroupStore
from binhyen.simulator.people_state import (
    DEMO_PEOPLE,
    ChatMessage,
    Page,
    Resident,
    app_user_id_of,
    user_id_of,
)
from binhyen.simulator.rates import RateMeter
from binhyen.simulator.tokens import TokenStore
from binhyen.simulator.uploads_state import UploadStore

KNOWN_MESSAGES = 50_000
"""How many messages can still be quoted, reacted to or answered by id."""


class TooManyResidents(Exception):
    """The bound on residents is reached."""


class World:
    """Everything the fake servers remember."""

    def __init__(self, config: SimulatorConfig) -> None:
        self.config = config
        self.base_url = config.base_url
        self.clock = VirtualClock()
        self.start_over()

    def start_over(self) -> None:
        """Forget everything and seed the pages and the invented residents."""
        self.clock.offset_ms = 0
        self.switches = Switches.for_mode(is_strict=self.config.is_strict)
        self.pages = {page.oa_id: Page.from_config(page, number) for number, page in enumerate(self.config.pages)}
        self.residents: dict[str, Resident] = {}
        self.tokens = TokenStore()
        self.uploads = UploadStore()
        self.faults = FaultList()
        self.rates = RateMeter()
        self.groups = GroupStore(self.config.group_outbox_size)
        self.articles = ArticleStore()
        self.outbox: deque[ChatMessage] = deque(maxlen=self.config.outbox_size)
        self.messages: OrderedDict[str, ChatMessage] = OrderedDict()
        self.counts: dict[str, int] = {}
        self.message_n = 0
        self.out_n = 0
        self.id_prefix = secrets.token_hex(4)
        for page in self.pages.values():
            for _ in range(PACKAGE_ASSETS.get(page.package, 0)):
                self.groups.add_asset(page.oa_id, "gmf100", "sub_quota", self.clock.now_ms() + 200 * DAY_MS)
            for number, name in DEMO_PEOPLE:
                self.add_resident(page, user_id_of(page, number), name, app_user_id_of(number))

    @property
    def first_page(self) -> Page:
        """The page meant when a caller names none."""
        return next(iter(self.pages.values()))

    def count(self, name: str) -> None:
        """Count one happening, shown by `GET /_sim/state`."""
        self.counts[name] = self.counts.get(name, 0) + 1

    def add_resident(
        self, page: Page, user_id: str, name: str, app_user_id: str, conversation_id: str | None = None
    ) -> Resident:
        """Make a person known to a page."""
        if len(self.residents) >= self.config.resident_limit:
            raise TooManyResidents(f"more than {self.config.resident_limit} residents")
        resident = Resident(
            user_id=user_id,
            oa_id=page.oa_id,
            user_id_by_app=app_user_id,
            name=name,
            conversation=deque(maxlen=self.config.conversation_size),
            conversation_id=conversation_id,
        )
        self.residents[user_id] = resident
        return resident

    def record(self, resident: Resident, *, is_from_page: bool, text: str, **facts: Any) -> ChatMessage:
        """Add a message to a conversation and, when the page sent it, to the outbox."""
        self.message_n += 1
        if is_from_page:
            self.out_n += 1
        message = ChatMessage(
            n=self.message_n,
            out_n=self.out_n if is_from_page else 0,
            msg_id=f"{self.id_prefix}{self.message_n:012x}",
            oa_id=resident.oa_id,
            user_id=resident.user_id,
            is_from_page=is_from_page,
            text=text,
            at_ms=self.clock.now_ms(),
            **facts,
        )
        resident.conversation.append(message)
        if is_from_page:
            self.outbox.append(message)
        self.messages[message.msg_id] = message
        if len(self.messages) > KNOWN_MESSAGES:
            self.messages.popitem(last=False)
        return message

    def touch(self, resident: Resident) -> None:
        """An interaction: opens the 48 hours and the 7 days anew."""
        resident.last_interaction_ms = self.clock.now_ms()
        resident.free_replies_used = 0
