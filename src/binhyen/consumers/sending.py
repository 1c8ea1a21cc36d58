"""Sends planned notices, signed as Standard Webhooks 1.0 describe (headers webhook-id, -timestamp, -signature)."""

from datetime import UTC, datetime

import httpx
from django.db.models import F
from standardwebhooks.webhooks import Webhook

from binhyen.consumers.actions import SECRET_PURPOSE
from binhyen.consumers.models import Notice, NoticeState
from binhyen.consumers.rules import MOST_ATTEMPTS, wait_after
from binhyen.core import clock
from binhyen.core.authorities import trusted_authorities
from binhyen.core.configuration import configuration
from binhyen.core.errors import NotPossible, TryAgain
from binhyen.core.outgoing_address import check_outgoing_address
from binhyen.vault.keyring import unseal

BATCH = 50
TIMEOUT_S = 10.0


def send_due_notices(limit: int = BATCH) -> int:
    """Try up to `limit` due notices, oldest first; the number tried.

    A notice is claimed before it is sent: its next try is written first, so that a killed process leaves it planned
    and two workers do not send it side by side.
    """
    now = clock.now()
    due = Notice.objects.filter(state=NoticeState.PLANNED, due_at__lte=now).order_by("due_at", "id")
    notices = list(due.select_related("subscription__consumer")[:limit])
    if not notices:  # most of the time
        return 0
    with httpx.Client(
        verify=trusted_authorities(), trust_env=False, timeout=TIMEOUT_S, follow_redirects=False
    ) as client:
        return sum(_claim(notice, now) and _try(client, notice) for notice in notices)


def _claim(notice: Notice, now: datetime) -> bool:
    attempts = notice.attempts + 1
    claimed = Notice.objects.filter(pk=notice.pk, attempts=notice.attempts, state=NoticeState.PLANNED).update(
        attempts=F("attempts") + 1, due_at=now + wait_after(attempts)
    )
    notice.attempts = attempts
    return bool(claimed)


def _try(client: httpx.Client, notice: Notice) -> bool:
    why = _post(client, notice)
    if not why:
        notice.state, notice.finished_at = NoticeState.SENT, clock.now()
    elif notice.attempts >= MOST_ATTEMPTS or why in ("webhook_address", "unsubscribed", "http_410"):
        notice.state, notice.finished_at = NoticeState.FAILED, clock.now()
    notice.why = why
    notice.save(update_fields=["state", "finished_at", "why"])
    return True


def _post(client: httpx.Client, notice: Notice) -> str:
    """ "" when the receiver took it, else a short reason."""
    subscription = notice.subscription
    if not (subscription.is_active and subscription.consumer.is_active):
        return "unsubscribed"
    try:
        target = check_outgoing_address(subscription.url, configuration().webhook_hosts, "webhook_address")
        answer = client.post(
            target.direct_url,
            content=notice.body.encode(),
            headers=_headers(notice, target.host_header),
            extensions={"sni_hostname": target.host},
        )
    except NotPossible as error:
        return error.code
    except TryAgain:
        return "unknown_host"
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        return type(error).__name__[:60]
    return "" if answer.is_success else f"http_{answer.status_code}"


def _headers(notice: Notice, host: str) -> dict[str, str]:
    secret = unseal(SECRET_PURPOSE, bytes(notice.subscription.sealed_secret)).decode()
    moment = datetime.now(UTC)  # the receiver compares it with its own wall clock
    return {
        "host": host,
        "content-type": "application/json",
        "user-agent": "binhyen",
        "webhook-id": notice.public_id,
        "webhook-timestamp": str(int(moment.timestamp())),
        "webhook-signature": Webhook(secret).sign(notice.public_id, moment, notice.body),
    }
