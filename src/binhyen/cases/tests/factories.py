"""Units, officers, custodians and reports for tests of this room and of the doors above it."""

from dataclasses import dataclass

from nacl.public import PrivateKey

from binhyen.cases import custodians, unsealing
from binhyen.cases.models import Case, CaseChannel, CaseKind
from binhyen.cases.openings import Opening
from binhyen.cases.receiving import NewReport, receive_report
from binhyen.cases.reports import Identity, Report
from binhyen.inbox.tests.factories import House, make_house, make_officer
from binhyen.units.models import Officer, Role, Unit
from binhyen.units.scope import Scope, scope_of
from binhyen.vault import receipts
from binhyen.vault.identities import present_identity_key, seal_identity
from binhyen.vault.keyring import create_keyring

WORDS = "mưa rơi trên mái ngói"
OTHER_WORDS = "trâu về qua cầu đá"
REASON = "Cần gặp để xác minh thêm"
IDENTITY = Identity("Nguyễn Thị Kín", "0912 345 678")


@dataclass(frozen=True, slots=True)
class Station:
    """A unit with its superior and the people who matter."""

    house: House
    parent: Unit
    duty: Officer
    commander: Officer
    first: Officer
    second: Officer

    @property
    def unit(self) -> Unit:
        """The unit itself."""
        return self.house.unit

    def scope(self, officer: Officer | None = None) -> Scope:
        """Scope of an officer, the duty officer by default."""
        return scope_of(officer or self.duty)


def make_station(slug: str = "thach-binh") -> Station:
    """A commune with a superior unit, a duty officer, a commander and two custodians."""
    create_keyring()
    parent = Unit.objects.create(
        kind="province_police", name="Công an tỉnh", short_name="Công an tỉnh", slug=f"tinh-{slug}"
    )
    house = make_house(slug)
    house.unit.parent = parent
    house.unit.save()
    return Station(
        house,
        parent,
        make_officer(house.unit, f"truc-{slug}"),
        make_officer(house.unit, f"truong-{slug}", Role.COMMANDER),
        make_officer(house.unit, f"giu-mot-{slug}", Role.IDENTITY_CUSTODIAN),
        make_officer(house.unit, f"giu-hai-{slug}", Role.IDENTITY_CUSTODIAN),
    )


def give_key(station: Station) -> None:
    """Two custodians with passphrases and a key for the unit."""
    custodians.set_passphrase(station.scope(station.first), station.first, WORDS)
    custodians.set_passphrase(station.scope(station.second), station.second, OTHER_WORDS)
    custodians.make_key(station.scope(station.first), station.unit)


def make_case(unit: Unit, text: str = "Nhóm người tụ tập đánh bạc", *, code: str = "", **fields: object) -> Case:
    """A report that has just come in."""
    fields.setdefault("kind", CaseKind.CRIME_TIP)
    fields.setdefault("channel", CaseChannel.WEB)
    receipt_hash = receipts.hashed(code) if code else None
    return receive_report(NewReport(unit, report=Report(text, "sau chợ"), receipt_hash=receipt_hash, **fields))[0]


def make_named_case(unit: Unit, identity: Identity = IDENTITY, **fields: object) -> Case:
    """A report whose sender gave a name."""
    key = present_identity_key(unit.pk)
    return make_case(unit, identity_key=key, sealed_identity=seal_identity(key, identity.written()), **fields)


def ask_for(station: Station, case: Case, ground: str = "statement", **more: object) -> tuple[Opening, bytes]:
    """A request of the duty officer, with the private half only the asking browser holds."""
    private = PrivateKey.generate()
    opening = unsealing.ask(station.scope(), case, ground, REASON, bytes(private.public_key), **more)
    return opening, bytes(private)


def agree(station: Station, opening: Opening) -> Opening:
    """Both custodians agree."""
    unsealing.give_share(station.scope(station.first), opening, station.first, WORDS)
    return unsealing.give_share(station.scope(station.second), opening, station.second, OTHER_WORDS)
