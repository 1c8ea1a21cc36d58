"""Putting recorded calls back into the intake queue."""

from collections.abc import Sequence

from binhyen.channels.models import Account
from binhyen.channels.registry import connector_for
from binhyen.jobs.contract import NewJob
from binhyen.jobs.queue import job_queue


def store_calls(connector_name: str, bodies: Sequence[bytes]) -> int:
    """Append the calls as if they had just come in; the number that was new. Calls of unknown pages are left out.

    An operator's recording is trusted, so the signature is not asked for; keys make repeated calls harmless.
    """
    connector = connector_for(connector_name)
    accounts = {account.external_id: account for account in Account.objects.filter(connector=connector_name)}
    jobs = []
    for body in bodies:
        identity = connector.identify(body) if connector else None
        account = accounts.get(identity.account) if identity else None
        if identity is None or account is None or not identity.storable:
            continue
        jobs.append(
            NewJob(
                queue="intake",
                kind=f"call.{connector_name}",
                body=body,
                key=f"{account.public_id}:{identity.key}",
                lane=f"{account.public_id}:{identity.lane}",
                unit_key=account.unit_id,
            )
        )
    return job_queue().append(jobs)
