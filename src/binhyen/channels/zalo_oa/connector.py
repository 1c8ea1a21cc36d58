"""The connector object for Zalo Official Accounts."""

from binhyen.channels.connector import Call, Capabilities, Credentials, Event, Genuine, Outbound, Outcome, Verdict
from binhyen.channels.zalo_oa import events, redaction, sending, signature


class ZaloOa:
    """Conversations of a page; stateless but for short-lived memory of uploads, rates and refused shapes."""

    name = "zalo_oa"
    capabilities = Capabilities(
        text_limit=2_000,
        has_buttons=True,
        has_files=True,
        reply_window_h=48,
        reply_stop_h=168,
        sends_by_machine=True,
        has_quotes=True,
    )

    def verify(self, call: Call, keys: Credentials) -> Verdict:
        """Signature over the raw bytes, then age."""
        return signature.verify(call, keys)

    def identify(self, body: bytes) -> Genuine | None:
        """Page, person and identity of a recorded call, for replay."""
        return signature.identify(body)

    def read(self, body: bytes) -> tuple[Event, ...]:
        """Typed events of a stored call."""
        return events.read(body)

    def send(self, outbound: Outbound, keys: Credentials) -> Outcome:
        """One consultation message."""
        return sending.send(outbound, keys)

    def redact(self, log: str) -> str:
        """The text without tokens, ids of people and message contents."""
        return redaction.redact(log)
