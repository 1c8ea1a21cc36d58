"""The portal as a connector: questions come in signed by our own house, replies wait on the receipt page."""

from binhyen.channels.connector import (
    Call,
    Capabilities,
    Credentials,
    Event,
    Forged,
    Genuine,
    Outbound,
    Outcome,
    Probe,
    Sent,
    Text,
    Unknown,
    Verdict,
)
from binhyen.core.house_calls import HEADER, house_call, is_ours
from binhyen.core.ids import new_public_id
from binhyen.core.logs import scrub


class Web:
    """Nothing leaves the house: a reply is delivered by being stored."""

    name = "web"
    capabilities = Capabilities(
        text_limit=10_000,
        has_buttons=True,
        has_files=False,
        reply_window_h=None,
        reply_stop_h=None,
        sends_by_machine=True,
    )

    def verify(self, call: Call, keys: Credentials) -> Verdict:
        """Genuine when our own door signed it with `mac_key`."""
        if HEADER not in call.headers:
            return Probe()
        if not is_ours(call.body, call.headers, keys.get("mac_key", "")):
            return Forged("bad_signature")
        found = house_call(call.body)
        if found is None:
            return Forged("malformed")
        return Genuine(key=found.message_id, lane=found.person, account=keys.get("account", ""))

    def identify(self, body: bytes) -> Genuine | None:
        """Person and identity of a recorded question; the account is the one it was recorded for."""
        found = house_call(body)
        return Genuine(key=found.message_id, lane=found.person, account="") if found else None

    def read(self, body: bytes) -> tuple[Event, ...]:
        """One question."""
        found = house_call(body)
        if found is None:
            return (Unknown(self.name, "shape"),)
        return (Text(found.person, found.message_id, found.text, found.sent_at),)

    def send(self, outbound: Outbound, keys: Credentials) -> Outcome:  # noqa: ARG002
        """The resident reads it on the portal with the receipt code."""
        return Sent(message_id=f"web-{new_public_id()}")

    def redact(self, log: str) -> str:
        """Secrets only: bodies of this connector are never logged."""
        return scrub(log)
