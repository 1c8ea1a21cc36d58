"""Whether an account can send: every change is audited."""

from django.db import transaction

from binhyen.audit.actions import record
from binhyen.channels.models import Account, AccountState

_REASON_LIMIT = 200


def set_state(account_key: int, state: AccountState, reason: str, actor_key: int | None = None) -> None:
    """Change the state of an account; nothing happens, and nothing is audited, when it already has it.

    `reason` is a code such as "zalo-224" or "refresh_lost", never text of a resident.
    """
    with transaction.atomic():
        account = Account.objects.select_for_update().get(pk=account_key)
        change_state(account, state, reason, actor_key)


def change_state(account: Account, state: AccountState, reason: str, actor_key: int | None = None) -> None:
    """As `set_state`, for a row the caller has locked in its own transaction."""
    if account.state == state and account.state_reason == reason:
        return
    facts = {"account": account.public_id, "from": account.state, "to": state.value, "reason": reason[:_REASON_LIMIT]}
    account.state, account.state_reason = state, reason[:_REASON_LIMIT]
    account.save(update_fields=["state", "state_reason"])
    record(
        account.unit_id,
        "channel.state_changed",
        actor_key=actor_key,
        subject=f"account {account.public_id}",
        facts=facts,
    )
