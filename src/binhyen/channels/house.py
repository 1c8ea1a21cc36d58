"""What connectors share whose calls come from our own house: signed by our doors, read back as one message."""

from binhyen.channels.connector import Call, Credentials, Event, Forged, Genuine, Probe, Text, Unknown, Verdict
from binhyen.core.house_calls import HEADER, house_call, is_ours
from binhyen.core.logs import scrub


class HouseCalls:
    """Every part of the contract but the way out."""

    name: str

    def verify(self, call: Call, keys: Credentials) -> Verdict:
        """Genuine when a door of our own house signed it with `mac_key`."""
        if HEADER not in call.headers:
            return Probe()
        if not is_ours(call.body, call.headers, keys.get("mac_key", "")):
            return Forged("bad_signature")
        found = house_call(call.body)
        if found is None:
            return Forged("malformed")
        return Genuine(key=found.message_id, lane=found.person, account=keys.get("account", ""))

    def identify(self, body: bytes) -> Genuine | None:
        """Person and identity of a recorded message; the account is the one it was recorded for."""
        found = house_call(body)
        return Genuine(key=found.message_id, lane=found.person, account="") if found else None

    def read(self, body: bytes) -> tuple[Event, ...]:
        """One message."""
        found = house_call(body)
        if found is None:
            return (Unknown(self.name, "shape"),)
        return (Text(found.person, found.message_id, found.text, found.sent_at),)

    def redact(self, log: str) -> str:
        """Secrets only: bodies of these connectors are never logged."""
        return scrub(log)
