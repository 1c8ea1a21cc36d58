"""Puts calls into the intake queue as the webhook door does, for tests of what becomes of them."""

import itertools
import json
from collections.abc import Sequence

from binhyen.channels.models import Account
from binhyen.channels.registry import connector_for
from binhyen.channels.tests.live import PAGE
from binhyen.channels.tests.pages import KEYS, new_application, new_unit
from binhyen.core import clock
from binhyen.jobs.contract import NewJob
from binhyen.jobs.queue import job_queue
from binhyen.units.models import Unit
from binhyen.workflows.decision import forget_unit_facts

HOA = "7000000000000000011"
_numbers = itertools.count(1)


def new_page() -> Account:
    """A page of one unit with a duty number."""
    forget_unit_facts()
    unit = new_unit()
    Unit.objects.update(duty_phone="02393000000")
    Account.objects.create(unit=unit, connector="zalo_oa", application=new_application(unit), external_id=PAGE)
    return Account.objects.select_related("unit").get(external_id=PAGE)


def event(name: str, **more: object) -> bytes:
    """Body of an event of this moment, about the page and one resident."""
    stamp = str(int(clock.now().timestamp() * 1000))
    ids = {"app_id": KEYS.app_id, "recipient": {"id": PAGE}, "sender": {"id": HOA}, "oa_id": PAGE}
    return json.dumps({**ids, "event_name": name, "timestamp": stamp, **more}).encode()


def store(account: Account, bodies: Sequence[bytes]) -> int:
    """Append raw calls; the number that was new."""
    connector = connector_for(account.connector)
    jobs = []
    for body in bodies:
        found = connector.identify(body)
        assert found is not None
        jobs.append(
            NewJob(
                queue="intake",
                kind=f"call.{account.connector}",
                body=body,
                key=f"{account.public_id}:{found.key}",
                lane=f"{account.public_id}:{found.lane}",
                unit_key=account.unit_id,
            )
        )
    return job_queue().append(jobs)


def say(account: Account, *texts: str, person: str = HOA) -> None:
    """A resident writes these messages."""
    messages = [{"text": text, "msg_id": f"{next(_numbers):020x}"} for text in texts]
    store(account, [event("user_send_text", message=message, sender={"id": person}) for message in messages])


def people(count: int) -> list[str]:
    """Ids of so many residents."""
    return [f"7{number:018d}" for number in range(100, 100 + count)]
