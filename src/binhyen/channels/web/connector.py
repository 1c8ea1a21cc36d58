"""The portal as a connector: questions come in signed by our own house, replies wait on the receipt page."""

from binhyen.channels.connector import Capabilities, Credentials, Outbound, Outcome, Sent
from binhyen.channels.house import HouseCalls
from binhyen.core.ids import new_public_id


class Web(HouseCalls):
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

    def send(self, outbound: Outbound, keys: Credentials) -> Outcome:  # noqa: ARG002
        """The resident reads it on the portal with the receipt code."""
        return Sent(message_id=f"web-{new_public_id()}")
