"""Units, officers and conversations for tests of this room and of the doors above it."""

from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.totp.internal.auth import TOTP

from binhyen.channels.accounts import sealed_keys
from binhyen.channels.models import Account, Application
from binhyen.core import clock
from binhyen.core.text import fold
from binhyen.inbox.models import Author, Contact, Conversation, Delivery, Direction, Message
from binhyen.units.models import Membership, Officer, Role, Unit
from binhyen.vault.keyring import create_keyring

PASSWORD = "sáng nay trời nắng"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@dataclass(frozen=True, slots=True)
class House:
    """One unit with its accounts."""

    unit: Unit
    zalo: Account
    web: Account
    manual: Account


def make_house(slug: str = "thach-binh", name: str = "Công an xã Thạch Bình") -> House:
    """A unit with a page, a portal and a desk."""
    create_keyring()
    unit = Unit.objects.create(kind="commune_police", name=name, short_name="Công an xã", slug=slug, duty_phone="0239")
    application, _ = Application.objects.get_or_create(
        connector="zalo_oa",
        external_id=f"1{abs(hash(slug)) % 10**9}",
        defaults={"sealed_keys": sealed_keys({"app_secret": "a" * 20, "oa_secret_key": "b" * 20})},
    )
    number = f"2{unit.pk:09d}"
    zalo = Account.objects.create(
        unit=unit, connector="zalo_oa", external_id=number, application=application, name=name
    )
    web, manual = (
        Account.objects.create(unit=unit, connector=connector, external_id=unit.public_id)
        for connector in ("web", "manual")
    )
    return House(unit, zalo, web, manual)


def make_officer(unit: Unit, username: str, *roles: Role, with_code: bool = True) -> Officer:
    """An officer with a password, by default with a code generator too."""
    officer = Officer.objects.create_user(username, PASSWORD, full_name=f"Đ/c {username.title()}")
    for role in roles or (Role.DUTY_OFFICER,):
        Membership.objects.create(unit=unit, officer=officer, role=role)
    if with_code:
        TOTP.activate(officer, SECRET)
    return officer


def make_conversation(
    account: Account, text: str = "Đăng ký tạm trú cần gì?", at: datetime | None = None, **fields: object
) -> Conversation:
    """A resident's message that waits."""
    at = at or clock.now()
    number = Conversation.objects.filter(unit=account.unit).count() + 1
    contact = Contact.objects.create(
        unit=account.unit,
        account=account,
        external_id=f"person-{account.pk}-{number}",
        last_interaction_at=at,
        created_at=at,
    )
    values = {"state": "waiting", "waiting_since": at, "kind": "procedure", "preview": text[:160]} | fields
    conversation = Conversation.objects.create(
        unit=account.unit, account=account, contact=contact, number=number, last_message_at=at, changed_at=at, **values
    )
    Message.objects.create(
        unit=account.unit,
        conversation=conversation,
        direction=Direction.INBOUND,
        author=Author.RESIDENT,
        text=text,
        folded=fold(text),
        sent_at=at,
        created_at=at,
    )
    return conversation


def make_delivery(conversation: Conversation, state: str, text: str = "Chào bà con") -> Delivery:
    """An outgoing message in some state."""
    now = clock.now()
    message = Message.objects.create(
        unit=conversation.unit,
        conversation=conversation,
        direction=Direction.OUTBOUND,
        author=Author.MACHINE,
        text=text,
        sent_at=now,
        created_at=now,
    )
    return Delivery.objects.create(
        unit=conversation.unit,
        account=conversation.account,
        conversation=conversation,
        message=message,
        state=state,
        due_at=now,
    )
