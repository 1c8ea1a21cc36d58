"""Writes about officers: invitations, roles, cutting off, wrong tries, preferences."""

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from binhyen.audit import actions as audit
from binhyen.core import clock
from binhyen.core.errors import NotPossible
from binhyen.core.text import clean
from binhyen.units import policy
from binhyen.units.models import Membership, Officer, Role, Unit, WrongSignIns
from binhyen.units.queries import ADMINISTRATOR_ROLES, name_hash
from binhyen.units.rules import lock_after
from binhyen.units.scope import SWITCH_ROLES, Scope

THEMES = ("system", "light", "dark")
LANGUAGES = ("vi", "en")


@transaction.atomic
def note_wrong_try(username: str) -> int:
    """Count a wrong password or code for the name; the seconds it is now locked for, 0 when it is not."""
    now = clock.now()
    WrongSignIns.objects.filter(last_at__lt=now - policy.WRONG_TRIES_FORGOTTEN_AFTER).delete()
    WrongSignIns.objects.get_or_create(name_hash=name_hash(username), defaults={"last_at": now})
    row = WrongSignIns.objects.select_for_update().get(name_hash=name_hash(username))
    row.wrong_count += 1
    row.last_at = now
    lock = lock_after(row.wrong_count)
    row.locked_until = now + lock if lock else None
    row.save()
    return int(lock.total_seconds())


def forget_wrong_tries(username: str) -> None:
    """After a complete sign-in the name starts afresh."""
    WrongSignIns.objects.filter(name_hash=name_hash(username)).delete()


def record_for_officer(officer: Officer, action: str, **facts: str | int) -> None:
    """Audit something about an account in each of its units."""
    unit_ids = sorted(set(officer.memberships.values_list("unit_id", flat=True))) or [0]
    for unit_id in unit_ids:
        audit.record(unit_id, action, actor_key=officer.pk, subject=officer.public_id, facts=facts)


@transaction.atomic
def keep_only_session(officer: Officer, session_key: str) -> int:
    """End every other session of the account: one person, one place (G35). The number ended, each one audited."""
    others = list(UserSession.objects.filter(user=officer).exclude(session_key=session_key))
    for session in others:
        session.end()
        record_for_officer(officer, "officer.older_session_ended")
    return len(others)


def end_sessions(officer: Officer) -> int:
    """End all sessions of an account at once; the number ended."""
    sessions = list(UserSession.objects.filter(user=officer))
    for session in sessions:
        session.end()
    return len(sessions)


@transaction.atomic
def add_officer(scope: Scope, unit: Unit, username: str, full_name: str, roles: list[str]) -> Officer:
    """A new officer without any way to sign in yet; an invitation gives it. Raises NotPossible."""
    scope.check(unit.pk, ADMINISTRATOR_ROLES)
    username, full_name = clean(username).strip(), clean(full_name).strip()
    if not username or not full_name:
        raise NotPossible("officer_name_missing")
    if Officer.objects.filter(username__iexact=username).exists():
        raise NotPossible("username_taken", username=username)
    officer = Officer.objects.create_user(username[:60], None, full_name=full_name[:100])
    audit.record(unit.pk, "officer.added", actor_key=scope.officer_id, subject=officer.public_id)
    set_roles(scope, unit, officer, roles)
    return officer


@transaction.atomic
def set_roles(scope: Scope, unit: Unit, officer: Officer, roles: list[str]) -> None:
    """Replace the officer's roles in the unit. The unit keeps at least one administrator. Raises NotPossible."""
    scope.check(unit.pk, ADMINISTRATOR_ROLES)
    wanted = {role for role in roles if role in Role.values}
    if not wanted:
        raise NotPossible("role_missing")
    if Role.UNIT_ADMINISTRATOR not in wanted and _is_last_administrator(unit, officer):
        raise NotPossible("last_administrator")
    Membership.objects.filter(unit=unit, officer=officer).exclude(role__in=wanted).delete()
    for role in sorted(wanted):
        Membership.objects.get_or_create(unit=unit, officer=officer, role=role)
    audit.record(
        unit.pk,
        "officer.roles_set",
        actor_key=scope.officer_id,
        subject=officer.public_id,
        facts={"roles": " ".join(sorted(wanted))},
    )


def _is_last_administrator(unit: Unit, officer: Officer) -> bool:
    administrators = Membership.objects.filter(unit=unit, role=Role.UNIT_ADMINISTRATOR, officer__is_active=True)
    ids = set(administrators.values_list("officer_id", flat=True))
    return ids == {officer.pk}


@transaction.atomic
def cut_off(scope: Scope, unit: Unit, officer: Officer) -> None:
    """A lost telephone or key: sessions end, every way to sign in is removed; a new invitation is needed (G37)."""
    scope.check(unit.pk, ADMINISTRATOR_ROLES)
    end_sessions(officer)
    Authenticator.objects.filter(user=officer).delete()
    officer.set_unusable_password()
    officer.save(update_fields=["password"])
    audit.record(unit.pk, "officer.cut_off", actor_key=scope.officer_id, subject=officer.public_id)


@transaction.atomic
def remove_from_unit(scope: Scope, unit: Unit, officer: Officer) -> None:
    """A leaver: loses the unit's roles at once, and the account when no unit is left (G36). Raises NotPossible."""
    scope.check(unit.pk, ADMINISTRATOR_ROLES)
    if _is_last_administrator(unit, officer):
        raise NotPossible("last_administrator")
    Membership.objects.filter(unit=unit, officer=officer).delete()
    if not officer.memberships.exists():
        officer.is_active = False
        officer.save(update_fields=["is_active"])
    end_sessions(officer)
    audit.record(unit.pk, "officer.removed", actor_key=scope.officer_id, subject=officer.public_id)


def save_preferences(officer: Officer, language: str, theme: str) -> None:
    """Language and theme of the officer's own console; unknown values leave the old one."""
    officer.language = language if language in LANGUAGES else officer.language
    officer.theme = theme if theme in THEMES else officer.theme
    officer.save(update_fields=["language", "theme"])


def save_alert_channels(officer: Officer, email: str, *, by_mail: bool, by_zalo: bool) -> None:
    """Where alerts reach the officer. Raises NotPossible("email_odd")."""
    try:
        validate_email(email) if email else None
    except ValidationError:
        raise NotPossible("email_odd") from None
    officer.email, officer.alerts_by_mail, officer.alerts_by_zalo = email, by_mail, by_zalo
    officer.save(update_fields=["email", "alerts_by_mail", "alerts_by_zalo"])


@transaction.atomic
def stop_sending(scope: Scope, unit: Unit) -> None:
    """Hold back everything outgoing of the unit (G44)."""
    scope.check(unit.pk, SWITCH_ROLES)
    Unit.objects.filter(pk=unit.pk, sending_stopped_at=None).update(sending_stopped_at=clock.now())
    audit.record(unit.pk, "sending.stopped", actor_key=scope.officer_id)


@transaction.atomic
def allow_sending(scope: Scope, unit: Unit) -> None:
    """Let the unit's messages go out again."""
    scope.check(unit.pk, SWITCH_ROLES)
    Unit.objects.filter(pk=unit.pk).update(sending_stopped_at=None)
    audit.record(unit.pk, "sending.allowed", actor_key=scope.officer_id)
