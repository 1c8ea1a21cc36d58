"""The connector object for groups of a page; webhooks about them come to the page's own address."""

from dataclasses import replace

from binhyen.channels.connector import Call, Capabilities, Credentials, Event, Genuine, Outbound, Outcome, Verdict
from binhyen.channels.zalo_oa import events, redaction, sending, signature
from binhyen.channels.zalo_oa.shapes import GROUP
from binhyen.core.text import without_mentions


class ZaloGmf:
    """Posts text, pictures and files into groups; `Outbound.person` is the group_id. No window, day and night."""

    name = "zalo_gmf"
    capabilities = Capabilities(
        text_limit=2_000,
        has_buttons=False,
        has_files=True,
        reply_window_h=None,
        reply_stop_h=None,
        sends_by_machine=True,
    )

    def verify(self, call: Call, keys: Credentials) -> Verdict:
        """As for the page: the same signature."""
        return signature.verify(call, keys)

    def identify(self, body: bytes) -> Genuine | None:
        """As for the page."""
        return signature.identify(body)

    def read(self, body: bytes) -> tuple[Event, ...]:
        """As for the page; what members say is dropped unless they call the page by name (G14)."""
        return events.read(body)

    def send(self, outbound: Outbound, keys: Credentials) -> Outcome:
        """One message into one group. Nobody is called by name: "[@" would ring one member or all of them."""
        text = without_mentions(outbound.text)
        return sending.send(replace(outbound, person=GROUP + outbound.person, text=text, quoted_message_id=""), keys)

    def redact(self, log: str) -> str:
        """The text without tokens, ids of people and message contents."""
        return redaction.redact(log)
