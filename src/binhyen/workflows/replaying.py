"""Putting recorded calls back into the intake queue."""

from collections import Counter
from collections.abc import Sequence

from binhyen.channels.models import Account
from binhyen.channels.registry import connector_for
from binhyen.jobs.contract import NewJob
from binhyen.jobs.queue import job_queue


def store_calls(connector_name: str, bodies: Sequence[bytes]) -> Counter[str]:
    """Append the calls as if they had just come in. Returns what became of them: stored, repeated, or why left out.

    An operator's recording is trusted, so the signature is not asked for; keys make repeated calls harmless.
    """
    connector = connector_for(connector_name)
    accounts = {account.external_id: account for account in Account.objects.filter(connector=connector_name)}
    became = Counter[str](stored=0)
    jobs = []
    for body in bodies:
        identity = connector.identify(body)
        account = accounts.get(identity.account) if identity else None
        if identity is None:
            became["left out, no event"] += 1
        elif account is None:
            became["left out, unknown page"] += 1
        elif not identity.storable:
            became["left out, never kept by rule"] += 1
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
    became["stored"] = job_queue().append(jobs)
    became["repeated"] = len(jobs) - became["stored"]
    return became
