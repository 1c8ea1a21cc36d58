"""The paste-in desk as a connector: an officer pastes what a resident wrote and copies the reply back."""

from binhyen.channels.connector import (
    ByHand,
    Call,
    Capabilities,
    Credentials,
    Event,
    Forged,
    Genuine,
    Outbound,
    Outcome,
    Probe,
    Text,
    Unknown,
    Verdict,
)
from binhyen.core.house_calls import HEADER, house_call, is_ours
from binhyen.core.logs import scrub


class Manual:
    """A page without an API package, an ordinary Zalo group, a telephone: the officer is the wire."""

    name = "manual"
    capabilities = Capabilities(
        text_limit=2_000,
        has_buttons=False,
        has_files=False,
        reply_window_h=None,
        reply_stop_h=None,
        sends_by_machine=False,
    )

    def verify(self, call: Call, keys: Credentials) -> Verdict:
        """Genuine when the desk of our own house signed it with `mac_key`."""
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
        """One pasted message."""
        found = house_call(body)
        if found is None:
            return (Unknown(self.name, "shape"),)
        return (Text(found.person, found.message_id, found.text, found.sent_at),)

    def send(self, outbound: Outbound, keys: Credentials) -> Outcome:  # noqa: ARG002
        """An officer copies the text and ticks it off."""
        return ByHand()

    def redact(self, log: str) -> str:
        """Secrets only: bodies of this connector are never logged."""
        return scrub(log)
