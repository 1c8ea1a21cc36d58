"""Lost and found of the demo: a wallet that two people found and two people claim, a lost wallet, a lost child."""

import json
from datetime import timedelta

from binhyen.core import clock
from binhyen.lost_found.models import Category, Claim, LegalBasis, Record, RecordKind, RecordState, Source
from binhyen.lost_found.queries import CONTACT, PROOF
from binhyen.units.models import Area, Unit
from binhyen.vault.keyring import seal

NOTICE_ID = "demotimdo000001"


def seed_lost_found() -> None:
    """Four records of the first unit; everything is invented. Idempotent."""
    unit = Unit.objects.filter(slug="thach-ha").first()
    if unit is None or Record.objects.filter(unit=unit).exists():
        return
    now = clock.now()
    area = Area.objects.filter(unit=unit).order_by("sort_key").first()
    proof = [
        ("Trong ví có ảnh gì?", "ảnh một con mèo"),
        ("Ví khâu chỉ màu gì?", "màu cam"),
        ("Có thẻ gì?", "thẻ thư viện"),
    ]
    common = {"unit": unit, "received_at": now - timedelta(days=1), "changed_at": now, "area": area}
    day = (now - timedelta(days=1)).date()
    wallet = Record.objects.create(
        **common, public_id=NOTICE_ID, number=1, kind=RecordKind.FOUND_ITEM, category=Category.WALLET,
        state=RecordState.PUBLISHED, source=Source.COUNTER, description="ví da nâu", place="gần chợ Đông",
        happened_on=day, sealed_proof=seal(PROOF, json.dumps(proof).encode()), proof_count=3, value_vnd=1_200_000,
        published_at=now, notice_at=now, public_until=now + timedelta(days=60),
    )  # fmt: skip
    Record.objects.create(
        **common, number=2, kind=RecordKind.LOST_ITEM, category=Category.WALLET, state=RecordState.KEPT,
        source=Source.PORTAL, description="ví màu nâu", place="chợ Đông", happened_on=day,
        sealed_contact=seal(CONTACT, json.dumps(["Người thử nghiệm", "0910000999"]).encode()),
    )  # fmt: skip
    Record.objects.create(
        **common, number=3, kind=RecordKind.FOUND_CHILD, category=Category.PERSON, state=RecordState.DRAFT,
        source=Source.CHAT, description="Bé trai", age_band="khoảng 5 tuổi", clothing="áo đỏ", place="cầu Đông",
        happened_on=day, legal_basis=LegalBasis.EMERGENCY_CRIME_PREVENTION, basis_note="Chưa tìm được gia đình",
    )  # fmt: skip
    Record.objects.create(
        **common, number=4, kind=RecordKind.FOUND_ITEM, category=Category.WALLET, state=RecordState.DRAFT,
        source=Source.PORTAL, description="ví nâu", place="gần chợ Đông", happened_on=day,
        sealed_contact=seal(CONTACT, json.dumps(["Người thử nghiệm hai", "0910000998"]).encode()),
    )  # fmt: skip
    claims = (("ảnh con mèo", "chỉ cam", "thẻ thư viện"), ("ảnh mèo vàng", "màu cam", "thẻ xe buýt"))
    for number, answers in enumerate(claims, start=1):
        person = [f"Người nhận thử {number}", f"091000099{number}"]
        Claim.objects.create(
            record=wallet, unit=unit, sealed_answers=seal(PROOF, json.dumps(answers).encode()),
            sealed_contact=seal(CONTACT, json.dumps(person).encode()), created_at=now,
        )  # fmt: skip
