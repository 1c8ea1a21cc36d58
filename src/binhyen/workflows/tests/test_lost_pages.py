"""A page that lost its access rings once for each loss."""

import pytest

from binhyen.channels.models import Account, AccountState
from binhyen.channels.states import set_state
from binhyen.inbox.models import DutyAlert
from binhyen.inbox.tests.factories import make_house
from binhyen.workflows.lost_pages import LOST_RULE, ring_lost_pages

pytestmark = pytest.mark.django_db


def test_a_loss_rings_once_and_the_next_loss_again():
    account = make_house().zalo
    assert ring_lost_pages() == 0
    set_state(account.pk, AccountState.NEEDS_CONSENT, "permission_revoked")
    assert ring_lost_pages() == 1
    assert ring_lost_pages() == 0
    alert = DutyAlert.objects.get()
    assert (alert.rule_id, alert.subject) == (LOST_RULE, account.public_id)
    DutyAlert.objects.update(state="accepted")
    assert ring_lost_pages() == 0, "somebody has taken it"
    set_state(account.pk, AccountState.ACTIVE, "consent")
    assert ring_lost_pages() == 0
    set_state(account.pk, AccountState.BLOCKED, "zalo-224")
    assert ring_lost_pages() == 1


def test_a_page_that_was_never_connected_does_not_ring():
    account = make_house().zalo
    Account.objects.filter(pk=account.pk).update(state=AccountState.NEEDS_CONSENT)
    assert ring_lost_pages() == 0
