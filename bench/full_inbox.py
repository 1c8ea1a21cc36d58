"""Fills the database of the environment with conversations that wait; prints the session of a signed-in officer."""

import json
import os
import sys
from datetime import timedelta
from typing import Any


def main(count: int) -> None:
    """One unit's officer, `count` conversations with three messages each, topics on every fourth."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "binhyen.settings"
    import django

    django.setup()
    from binhyen.channels.models import Account
    from binhyen.units.models import Membership, Officer, Role

    account = Account.objects.select_related("unit").get(connector="zalo_oa")
    officer = Officer.objects.create_user("bench", None, full_name="Đ/c Đo")
    for role in (Role.DUTY_OFFICER, Role.UNIT_ADMINISTRATOR):
        Membership.objects.create(unit=account.unit, officer=officer, role=role)
    fill_inbox(account, officer, count)
    sys.stdout.write(json.dumps({"sessionid": _session(officer)}) + "\n")


def fill_inbox(account: object, officer: Any, count: int) -> None:
    """`count` conversations of the account that wait, a third of them assigned to the officer."""
    from binhyen.channels.models import Account
    from binhyen.core import clock
    from binhyen.core.text import fold
    from binhyen.inbox.models import Contact, Conversation, ConversationTopic, Message, Topic

    assert isinstance(account, Account)
    unit, now = account.unit, clock.now()
    topic, _ = Topic.objects.get_or_create(unit=unit, folded="cho dem", defaults={"name": "Chợ đêm"})
    before = Conversation.objects.filter(unit=unit).count()
    kinds = ("procedure", "report", "feedback", "contact")
    for number in range(before + 1, before + count + 1):
        at, text = now - timedelta(minutes=17 * number), f"Làm căn cước cho con thứ {number} cần giấy tờ gì ạ?"
        contact = Contact.objects.create(
            unit=unit, account=account, external_id=f"p{number}", last_interaction_at=at, created_at=at,
            display_name=f"Người {number}", folded_name=f"nguoi {number}", name_fetched_at=at,
        )  # fmt: skip
        conversation = Conversation.objects.create(
            unit=unit, account=account, contact=contact, number=number, state="waiting", waiting_since=at,
            last_message_at=at, last_inbound_at=at, changed_at=at, preview=text, kind=kinds[number % 4],
            urgency=int(number % 25 == 0), unread_count=1, assigned_to=officer if number % 3 == 0 else None,
        )  # fmt: skip
        Message.objects.bulk_create(
            Message(
                unit=unit, conversation=conversation, direction="inbound", author="resident", text=text,
                folded=fold(text), sent_at=at, created_at=at,
            )
            for _ in range(3)
        )  # fmt: skip
        if number % 4 == 0:
            ConversationTopic.objects.create(conversation=conversation, topic=topic, labelled_at=at)


def _session(officer: object) -> str:
    """What signing in with both factors leaves in the session store; worthless outside this database."""
    from allauth.account.internal.flows.login import record_authentication
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.http import HttpRequest

    from binhyen.console.sign_in import ACTED_AT, STARTED_AT
    from binhyen.core import clock
    from binhyen.units.models import Officer

    assert isinstance(officer, Officer)
    session, now = SessionStore(), clock.now().timestamp()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(officer.pk), officer.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[STARTED_AT] = session[ACTED_AT] = now
    request = HttpRequest()
    request.session = session
    record_authentication(request, officer, "mfa", type="totp")
    session.save()
    return str(session.session_key)


if __name__ == "__main__":
    main(int(sys.argv[1]))
