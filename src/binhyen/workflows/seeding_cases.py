"""Sealed reports of the demo: two custodians with a key, and four cases, two of one event."""

from binhyen.cases import custodians
from binhyen.cases.models import Case, CaseChannel, CaseKind
from binhyen.cases.receiving import NewReport, receive_report
from binhyen.cases.reports import Identity, Report
from binhyen.units.demo_officer import DEMO_PASSPHRASES
from binhyen.units.models import Membership, Officer, Role, Unit
from binhyen.units.scope import scope_of
from binhyen.vault.identities import custodian_key_of, present_identity_key, seal_identity

_REPORTS = (
    (CaseKind.CRIME_TIP, "danger", "Có tiếng kêu cứu ở nhà hoang cuối thôn", "gần bờ kênh", True),
    (CaseKind.CRIME_ACCUSATION, "crime", "Nhóm thanh niên tụ tập đánh bạc sau chợ, tối nào cũng có", "sau chợ", False),
    (CaseKind.FEEDBACK, "nuisance", "Quán ven đường hát karaoke quá 22 giờ", "ngã ba trường học", False),
    (CaseKind.CRIME_TIP, "suspicion", "Sau chợ tối nào cũng có thanh niên tụ tập đánh bạc ăn tiền", "sau chợ", False),
)


def seed_cases(unit: Unit) -> None:
    """Idempotent; the second report has a sealed name, so that its opening can be tried."""
    if Case.objects.filter(unit=unit).exists():
        return
    officers = [_custodian(unit, username) for username in DEMO_PASSPHRASES]
    if present_identity_key(unit.pk) is None:
        custodians.make_key(scope_of(officers[0]), unit)
    key = present_identity_key(unit.pk)
    for number, (kind, topic, text, place, is_urgent) in enumerate(_REPORTS):
        named = Identity("Nguyễn Văn Thử", "0912 000 000") if number == 1 and key else None
        receive_report(
            NewReport(
                unit,
                kind,
                CaseChannel.WEB,
                Report(text, place, "", "tối qua", topic),
                is_urgent=is_urgent,
                sealed_identity=seal_identity(key, named.written()) if named and key else b"",
                identity_key=key if named else None,
            )
        )


def _custodian(unit: Unit, username: str) -> Officer:
    officer = Officer.objects.filter(username=username).first()
    if officer is None:
        officer = Officer.objects.create_user(username, None, full_name="Đ/c Lan (giữ khóa, dùng thử)")
    Membership.objects.get_or_create(unit=unit, officer=officer, role=Role.IDENTITY_CUSTODIAN)
    if custodian_key_of(officer.pk) is None:
        custodians.set_passphrase(scope_of(officer), officer, DEMO_PASSPHRASES[username])
    return officer
