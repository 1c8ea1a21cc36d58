"""A Zalo page that lost its access reaches people beyond the console: it rings and climbs like any urgent matter."""

from binhyen.audit.models import AuditRow
from binhyen.channels.models import Account, AccountState
from binhyen.inbox.alerts import ring
from binhyen.inbox.models import DutyAlert

LOST_RULE = "channel.lost"
"""Clock of a page that cannot send (data/law/deadlines.yaml)."""


def ring_lost_pages() -> int:
    """Ring once for each loss; the number rung. A page that comes back and is lost again rings again."""
    count = 0
    lost = Account.objects.filter(connector="zalo_oa").exclude(state=AccountState.ACTIVE).select_related("unit")
    for account in lost:
        subject = f"account {account.public_id}"
        changes = AuditRow.objects.filter(unit_key=account.unit_id, action="channel.state_changed", subject=subject)
        lost_at = changes.order_by("-sequence").values_list("at", flat=True).first()
        known = DutyAlert.objects.filter(unit=account.unit, rule_id=LOST_RULE, subject=account.public_id)
        if lost_at is None or known.filter(created_at__gte=lost_at).exists():
            continue
        ring(account.unit_id, LOST_RULE, account.public_id, "/console/")
        count += 1
    return count
