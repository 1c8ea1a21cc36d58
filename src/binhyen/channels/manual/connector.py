"""The paste-in desk as a connector: an officer pastes what a resident wrote and copies the reply back."""

from binhyen.channels.connector import ByHand, Capabilities, Credentials, Outbound, Outcome
from binhyen.channels.house import HouseCalls


class Manual(HouseCalls):
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

    def send(self, outbound: Outbound, keys: Credentials) -> Outcome:  # noqa: ARG002
        """An officer copies the text and ticks it off."""
        return ByHand()
