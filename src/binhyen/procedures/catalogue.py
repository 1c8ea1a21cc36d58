"""The catalogue of administrative procedures, forms and referrals as typed, frozen values.

Source and reading guide: data/procedures/*.yaml and their README.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Channel(StrEnum):
    """Where a dossier may be filed."""

    IN_PERSON = "in_person"
    NATIONAL_PORTAL = "national_portal"
    VNEID = "vneid"
    POST = "post"
    PHONE = "phone"
    EMAIL = "email"
    OTHER = "other"


class Confidence(StrEnum):
    """How far the facts were checked against a source."""

    SEEN = "seen"
    PARTLY = "partly"
    MEMORY = "memory"
    """Unverified: never worded as certain."""


@dataclass(frozen=True, slots=True)
class Document:
    """One paper of the dossier."""

    item: str
    form: str = ""
    """Code of the form, or words where the source names no code."""
    copies: int = 1
    kind: str = "original"
    """original, copy, certified_copy, present (shown only), electronic, photo."""
    when: str = ""
    """Only in this case; empty is always."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class SubmissionMethod:
    """One way to file."""

    channel: Channel
    note: str = ""


@dataclass(frozen=True, slots=True)
class TimeCase:
    """Another time limit that holds in one case."""

    value: float | None
    unit: str
    when: str


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """Processing time; `value` None when it is not known or does not apply."""

    value: float | None
    unit: str
    text: str
    source: str
    cases: tuple[TimeCase, ...] = ()


@dataclass(frozen=True, slots=True)
class FeeItem:
    """Fee by channel; `amount_vnd` None when it is not known or not in đồng."""

    channel: str
    amount_vnd: int | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Fee:
    """Fee in words and by item."""

    summary: str
    source: str
    items: tuple[FeeItem, ...] = ()
    exempt: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact was read."""

    title: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Procedure:
    """One administrative procedure as residents need it."""

    id: str
    code: str
    """National code, empty when none was seen."""
    title: str
    aliases: tuple[str, ...]
    category: str
    level: str
    """commune, province or online."""
    is_abolished: bool
    is_featured: bool
    """One of the proposed default set of 17."""
    agency: str
    who: str
    documents: tuple[Document, ...]
    form_codes: tuple[str, ...]
    steps: tuple[str, ...]
    methods: tuple[SubmissionMethod, ...]
    time_limit: TimeLimit
    fee: Fee
    result: str
    legal_basis: tuple[str, ...]
    notes: tuple[str, ...]
    needs_officer_when: tuple[str, ...]
    effective_on: date | None
    checked_on: date
    confidence: Confidence
    confidence_by_part: dict[str, str] = field(hash=False)
    sources: tuple[Source, ...] = ()
    is_offered: bool = True
    """False: the unit does not tell residents about it; an officer answers."""
    place: str = ""
    """Where the unit takes it in; empty is as the agency says."""
    hours: str = ""
    """When the unit takes it in; empty is during office hours."""
    own_note: str = ""
    """What the unit wants residents to know."""
    samples: tuple[str, ...] = ()
    """Questions of the unit's residents that mean this procedure."""
    own_aliases: tuple[str, ...] = ()
    """Names that the unit or those above it added to the national ones."""
    revision: str = ""
    """Tells texts of different versions apart; "" is the national record."""

    @property
    def always(self) -> tuple[Document, ...]:
        """Papers needed in every case."""
        return tuple(document for document in self.documents if not document.when)

    @property
    def by_case(self) -> dict[str, tuple[Document, ...]]:
        """Papers under the case that needs them, in the order of the catalogue."""
        cases: dict[str, list[Document]] = {}
        for document in self.documents:
            if document.when:
                cases.setdefault(document.when, []).append(document)
        return {when: tuple(documents) for when, documents in cases.items()}

    def has_channel(self, *channels: Channel) -> bool:
        """Whether one of `channels` is a way to file."""
        return any(method.channel in channels for method in self.methods)


@dataclass(frozen=True, slots=True)
class FormField:
    """One field of a form, as a person sees it."""

    name: str
    label: str
    type: str
    required: bool = False
    options: tuple[str, ...] = ()
    help: str = ""


_OWN_FORM = "mẫu gợi ý"
"""Words in the name of a form that no authority issues."""


@dataclass(frozen=True, slots=True)
class FormTemplate:
    """A form residents meet."""

    code: str
    name: str
    kind: str
    """applicant (the resident fills it), office, or result."""
    legal_source: str
    used_by: tuple[str, ...]
    fields: tuple[FormField, ...]
    confidence: Confidence
    notes: tuple[str, ...] = ()

    @property
    def is_unchecked(self) -> bool:
        """Whether an official form exists and its entries were not all seen."""
        is_official = _OWN_FORM not in self.name.casefold()
        return is_official and (self.confidence is not Confidence.SEEN or "chưa xem" in self.legal_source)


@dataclass(frozen=True, slots=True)
class OldName:
    """A form name people still use, and what it is now."""

    old: str
    now: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Referral:
    """Business of another agency and where to go."""

    topic: str
    go_to: str
    confidence: Confidence


@dataclass(frozen=True, eq=False)
class Catalogue:
    """Everything a unit can answer about; lookups never raise. Compared by identity, so that it can key a memory."""

    procedures: tuple[Procedure, ...]
    forms: tuple[FormTemplate, ...]
    old_names: tuple[OldName, ...]
    referrals: tuple[Referral, ...]
    _by_id: dict[str, Procedure] = field(init=False, repr=False)
    _by_code: dict[str, FormTemplate] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Index what is looked up often."""
        object.__setattr__(self, "_by_id", {procedure.id: procedure for procedure in self.procedures})
        object.__setattr__(self, "_by_code", {form.code.casefold(): form for form in self.forms})

    def procedure(self, procedure_id: str) -> Procedure | None:
        """The procedure with this id."""
        return self._by_id.get(procedure_id)

    def form(self, code: str) -> FormTemplate | None:
        """The form with this code, upper or lower case."""
        return self._by_code.get(code.casefold())

    def forms_of(self, procedure: Procedure) -> tuple[FormTemplate, ...]:
        """Forms of a procedure that the catalogue describes, in its order."""
        found = (self.form(code) for code in procedure.form_codes)
        return tuple(form for form in found if form)

    def by_category(self) -> dict[str, tuple[Procedure, ...]]:
        """Procedures under their category, in the order of the catalogue."""
        groups: dict[str, list[Procedure]] = {}
        for procedure in self.procedures:
            groups.setdefault(procedure.category, []).append(procedure)
        return {category: tuple(members) for category, members in groups.items()}

    def referral(self, topic: str) -> Referral | None:
        """Where to go with an out-of-scope topic of the language room ("ngoai-dat-dai")."""
        wanted = REFERRAL_OF_TOPIC.get(topic)
        return next((referral for referral in self.referrals if wanted and referral.topic.startswith(wanted)), None)


CATEGORIES = {
    "cu-tru": "Cư trú",
    "lien-thong": "Khai sinh, khai tử liên thông",
    "can-cuoc": "Căn cước",
    "dinh-danh": "Định danh điện tử, VNeID",
    "dang-ky-xe": "Đăng ký xe",
    "giao-thong": "Giấy phép lái xe, giao thông",
    "xuat-nhap-canh": "Hộ chiếu, xuất nhập cảnh",
    "ly-lich-tu-phap": "Lý lịch tư pháp",
    "antt-kinh-doanh": "Ngành nghề có điều kiện",
    "con-dau": "Con dấu",
    "vu-khi-phao": "Vũ khí, pháo",
    "pccc": "Phòng cháy, chữa cháy",
    "to-giac": "Báo tin, mất giấy tờ",
    "khieu-nai-to-cao": "Khiếu nại, tố cáo",
    "to-chuc-can-bo": "Nghĩa vụ công an",
    "phong-chong-ma-tuy": "Phòng, chống ma túy",
}
"""Names of the categories, in the order residents see them."""

REFERRAL_OF_TOPIC = {
    "ngoai-ket-hon": "Khai sinh, khai tử, kết hôn",
    "ngoai-ho-tich": "Khai sinh, khai tử, kết hôn",
    "ngoai-chung-thuc": "Chứng thực",
    "ngoai-dat-dai": "Đất đai",
    "ngoai-kinh-doanh": "Đăng ký hộ kinh doanh",
    "ngoai-bao-hiem": "Bảo hiểm y tế",
    "ngoai-chinh-sach": "Trợ cấp xã hội",
    "ngoai-giao-duc": "Trường học",
    "ngoai-nvqs": "Đăng ký nghĩa vụ quân sự",
    "ngoai-dien-nuoc": "Mất điện",
}
"""Start of the referral for each out-of-scope topic; fines and building permits have none, an officer answers."""
