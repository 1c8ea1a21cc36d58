"""Records for tests: every person and thing is invented."""

from datetime import date

from binhyen.language.publication import Publisher
from binhyen.lost_found import actions
from binhyen.lost_found.models import Record
from binhyen.lost_found.typed import Typed

PUBLISHER = Publisher("Công an xã Thạch Bình", ("0239", "113", "114", "115", "111"))
SECRETS = ("chỉ may màu xanh lá", "móc khóa con voi", "tờ hai trăm nghìn")
PROOF = tuple(zip(("Chỉ may màu gì?", "Có móc khóa hình gì?", "Có tờ tiền mệnh giá nào?"), SECRETS, strict=True))
WALLET = {
    "kind": "found_item",
    "category": "wallet",
    "description": "ví da nâu",
    "place": "gần chợ Đông",
    "happened_on": date(2026, 11, 20),
    "proof": PROOF,
    "value_vnd": 1_234_567,
    "contact_name": "Trần Thị Nhặt",
    "contact_phone": "0912 345 678",
}
CHILD = {
    "kind": "found_child",
    "description": "Bé trai",
    "age_band": "khoảng 5 tuổi",
    "clothing": "áo đỏ",
    "place": "gần cầu Đông",
    "happened_on": date(2026, 11, 20),
    "legal_basis": "emergency_crime_prevention",
    "basis_note": "Gia đình chưa biết bé ở đâu",
}


def make_record(scope, unit, **more) -> Record:
    """A complete draft at the counter."""
    return actions.begin(scope, unit, Typed(**(WALLET | more)))


def make_child(scope, unit, **more) -> Record:
    """A found child, ready to be handed over for publication."""
    return actions.begin(scope, unit, Typed(**(CHILD | more)))
