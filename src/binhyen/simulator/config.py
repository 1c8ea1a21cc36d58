"""What is fixed when the simulator starts, and the switches that tests turn while it runs."""

from dataclasses import dataclass
from typing import Annotated, Any, Literal

import msgspec

PACKAGE_RATES_PER_MINUTE = {"basic": 100, "standard": 100, "growth": 100, "comprehensive": 2_000}
"""Calls a minute an OA may make, by package (2026)."""
PACKAGE_MONTHLY_MESSAGES = {"basic": 0, "standard": 0, "growth": 500, "comprehensive": 2_000}
"""Consultation messages a month outside the free 48 hours, by package (2026)."""
API_PACKAGES = frozenset({"growth", "comprehensive"})
"""Packages that may use the API at all; the others answer -224."""
NotNegative = Annotated[int, msgspec.Meta(ge=0)]
NotNegativeNumber = Annotated[float, msgspec.Meta(ge=0)]

GOVERNMENT_TYPE = 4
BUSINESS_TYPE = 2


@dataclass(frozen=True, slots=True)
class PageConfig:
    """One Official Account ("page") as it is when the simulator starts."""

    oa_id: str = "2000000000000000001"
    name: str = "Công an phường Bình Yên (giả lập)"
    secret_key: str = "OaSecretKeyForTests01"  # noqa: S105 - a value of tests
    package: str = "comprehensive"
    is_verified: bool = True
    oa_type: int = GOVERNMENT_TYPE


@dataclass(frozen=True, slots=True)
class SimulatorConfig:
    """One Zalo app with its pages. `callback_url` and `code_challenge` are what the console would hold."""

    app_id: str = "1000000000000000001"
    app_secret: str = "AppSecretForTests01"  # noqa: S105 - a value of tests
    webhook_url: str | None = None
    callback_url: str | None = None
    code_challenge: str | None = None
    base_url: str = "http://127.0.0.1:8090"
    pages: tuple[PageConfig, ...] = (PageConfig(),)
    is_strict: bool = True
    outbox_size: int = 20_000
    group_outbox_size: int = 200_000
    conversation_size: int = 100
    resident_limit: int = 200_000


class Switches(msgspec.Struct, forbid_unknown_fields=True):
    """Behaviour on which sources disagree or that benchmarks lift; `POST /_sim/settings` sets any of them."""

    consent_link: Literal["either", "fixed", "per_request"] = "either"
    consent_automatic: bool = False
    expires_in: Literal["string", "number"] = "string"
    expired_code: Literal["-220", "-216"] = "-220"
    webhook_key: Literal["oa_secret_key", "app_secret"] = "oa_secret_key"
    mac_first_term: Literal["app_id", "oa_id"] = "app_id"
    webhook_json: Literal["compact", "spaced", "escaped"] = "compact"
    webhook_timeout_s: NotNegativeNumber = 2.0
    retry_on: Literal["any_non_200", "connection_failure"] = "any_non_200"
    retry_scale: NotNegativeNumber = 1.0
    duplicates: NotNegative = 0
    seen_ids: Literal["list", "single"] = "list"
    location_place: Literal["attachment", "message"] = "attachment"
    group_event_names: Literal["2024", "2026"] = "2026"
    gif_event: bool = True
    timestamp_form: Literal["string", "number"] = "string"
    buttons: Literal["accepted", "-233"] = "accepted"
    list_template: Literal["accepted", "-233"] = "accepted"
    upload_v3: bool = False
    csv_upload: bool = True
    free_replies: Literal["unlimited", "8"] = "unlimited"
    follow_required: bool = False
    auto_residents: bool = False
    auto_groups: bool = False
    article_delay_s: NotNegativeNumber = 2.0
    echoes: bool = True
    receipts: bool = False
    app_rate_per_minute: NotNegative = 4_000
    oa_rate_per_minute: NotNegative | None = None
    app_state: Literal["active", "disabled", "inactive"] = "active"
    government_refused: list[str] = msgspec.field(default_factory=lambda: ["/v3.0/oa/group/", "/v3.0/oa/quota/group"])
    linked_key: Literal["linked_ZCA", "linked_zca"] = "linked_ZCA"
    nested_chats: bool = False

    @classmethod
    def for_mode(cls, *, is_strict: bool) -> "Switches":
        """Strict takes the documented form everywhere; lenient also takes what some clients send."""
        return cls() if is_strict else cls(upload_v3=True, auto_residents=True)

    def changed(self, values: dict[str, Any]) -> "Switches":
        """A copy with the named switches set; raises `msgspec.ValidationError` for a wrong name or value."""
        return msgspec.convert(msgspec.to_builtins(self) | values, Switches)
