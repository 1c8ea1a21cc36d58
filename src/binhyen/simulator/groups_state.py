"""Groups of a page under its GMF packages, and the packages themselves (Zalo section 3.7)."""

import secrets
from collections import deque
from dataclasses import dataclass, field
from typing import Any

from binhyen.simulator.clock import DAY_MS

SIZES = {"gmf10": 10, "gmf50": 50, "gmf100": 100, "gmf1000": 1_000}
DISBANDED_AFTER_MS = 45 * DAY_MS
"""So long after the package ended the group is gone."""
ADMIN_ID = "7000000000000000901"
"""The one administrator of every simulated page."""
KEPT_MESSAGES = 50
PACKAGE_ASSETS = {"growth": 1, "comprehensive": 3}
"""GMF-100 packages that come with the page's own package (2023 to 2026)."""


@dataclass(slots=True)
class Asset:
    """One package: room for one group until a day."""

    asset_id: str
    oa_id: str
    product_type: str
    quota_type: str
    expires_ms: int
    used_id: str = ""
    auto_renew: bool = False


@dataclass(slots=True)
class GroupMessage:
    """What the page posted into a group."""

    n: int
    msg_id: str
    group_id: str
    text: str
    kind: str
    attachments: list[dict[str, Any]]
    at_ms: int


@dataclass(slots=True)
class OaGroup:
    """One group the page made."""

    group_id: str
    oa_id: str
    name: str
    asset_id: str
    description: str = ""
    avatar: str = ""
    members: dict[str, None] = field(default_factory=dict)
    admins: dict[str, None] = field(default_factory=dict)
    pending: dict[str, None] = field(default_factory=dict)
    settings: dict[str, bool] = field(default_factory=dict)
    messages: deque[GroupMessage] = field(default_factory=lambda: deque(maxlen=KEPT_MESSAGES))

    @property
    def link(self) -> str:
        """Address by which people ask to join."""
        return f"https://zalo.me/g/{self.group_id[:9]}"


class GroupStore:
    """All groups and packages of the simulated world."""

    def __init__(self, outbox_size: int) -> None:
        self.groups: dict[str, OaGroup] = {}
        self.assets: dict[str, Asset] = {}
        self.outbox: deque[GroupMessage] = deque(maxlen=outbox_size)
        self.sent_count = 0

    def add_asset(self, oa_id: str, product_type: str, quota_type: str, expires_ms: int) -> Asset:
        """A new package of a page."""
        asset = Asset(secrets.token_hex(12), oa_id, product_type, quota_type, expires_ms)
        self.assets[asset.asset_id] = asset
        return asset

    def add_group(self, oa_id: str, name: str, asset_id: str, group_id: str = "") -> OaGroup:
        """A new group in a package."""
        group = OaGroup(group_id or secrets.token_hex(10), oa_id, name, asset_id)
        group.settings = {
            "lock_send_msg": False,
            "join_appr": True,
            "enable_msg_history": True,
            "enable_link_join": True,
        }
        self.groups[group.group_id] = group
        if asset_id in self.assets:
            self.assets[asset_id].used_id = group.group_id
        return group

    def is_disabled(self, group: OaGroup, now_ms: int) -> bool:
        """Whether the group's package has ended."""
        asset = self.assets.get(group.asset_id)
        return asset is None or asset.expires_ms <= now_ms

    def disbands_ms(self, group: OaGroup) -> int:
        """When Zalo deletes the group unless the package is renewed."""
        asset = self.assets.get(group.asset_id)
        return (asset.expires_ms if asset else 0) + DISBANDED_AFTER_MS

    def record(
        self, group: OaGroup, msg_id: str, text: str, kind: str, attachments: list[Any], at_ms: int
    ) -> GroupMessage:
        """Keep what the page posted."""
        self.sent_count += 1
        message = GroupMessage(self.sent_count, msg_id, group.group_id, text, kind, attachments, at_ms)
        group.messages.append(message)
        self.outbox.append(message)
        return message
