"""What each page of the report wizard needs, takes and refuses; words in plain Vietnamese through the catalogue."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.translation import gettext as _

from binhyen.cases import drafts, files_of_case, pieces
from binhyen.cases.accusing import complains_about_unit
from binhyen.cases.drafts import Fields
from binhyen.cases.following import secret_hash
from binhyen.cases.reports import NAME_LIMIT, PHONE_LIMIT, PLACE_LIMIT, TEXT_LIMIT, TIME_LIMIT, Identity
from binhyen.cases.topics import CRIME_KINDS, TOPICS
from binhyen.core import clock
from binhyen.core.errors import NotPossible, TryAgain
from binhyen.core.text import clean
from binhyen.language.publication import has_secret_heading
from binhyen.portal import tickets
from binhyen.portal.file_words import check_file_name, refused_file, secret_text
from binhyen.portal.understanding import sounds_dangerous
from binhyen.portal.units_here import UnitHere
from binhyen.portal.wizard import Writing
from binhyen.portal.wording import filled

DAYS = ("today", "yesterday", "unknown", "other")


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of a page that was sent: on to the next one unless there is an error or the page `stays`."""

    error: str = ""
    stays: bool = False
    status: int = 422
    context: Mapping[str, Any] = field(default_factory=dict)


def choose_one() -> str:
    """Nothing was chosen."""
    return _("Choose what it is about.")


def busy() -> str:
    """The open lane is full."""
    return _("Many people are sending. Everything is still here. Wait one minute, then press again.")


def press_again() -> str:
    """The page was open for a long time."""
    return _("This page was open for a long time. Everything is still here: press send once more.")


def gone() -> str:
    """The draft was sent, erased or left for a day."""
    return _("This page was open for a long time or was left, so what was written has been erased. Nothing was sent.")


def trouble(unit: UnitHere) -> str:
    """Our own trouble; the number to call is in the sentence."""
    number = unit.duty_phone or "113"
    return filled(
        _("Something is wrong here, it is not your fault. Press again in a minute, or call $n."), unit, n=number
    )


def context_of(step: int, unit: UnitHere, writing: Writing) -> dict[str, Any]:
    """What the page shows before anything is typed."""
    match step:
        case 2:
            return {"limit": TEXT_LIMIT, "text": writing.fields.text}
        case 3:
            return {"areas": unit.areas, "place_limit": PLACE_LIMIT, "time_limit": TIME_LIMIT}
        case 4 | 6:
            files = list(writing.draft.files.select_related("original").order_by("id"))
            return {
                "files": files,
                "most": files_of_case.MOST_FILES,
                "unfinished": pieces.count_unfinished(writing.draft),
                "piece_bytes": pieces.PIECE_BYTES,
                "is_named": bool(writing.draft.sealed_identity),
                "sheet": tickets.signed(tickets.new_sheet()),
                "vneid_text": _text_for_vneid(writing.fields) if step == 6 else "",
            }
        case 5:
            return {
                "can_be_named": drafts.identity_key_for(writing.draft.unit) is not None,
                "is_named": bool(writing.draft.sealed_identity),
                "name_limit": NAME_LIMIT,
            }
        case _:
            return {}


def _text_for_vneid(fields: Fields) -> str:
    """A report of crime in the order of VNeID's own form, to be copied there; "" for what VNeID does not take.

    Source: the law notes, section 3.3. In Vietnamese, as that form is.
    """
    topic = TOPICS.get(fields.topic)
    if topic is None or topic.kind not in CRIME_KINDS or not fields.text:
        return ""
    place = ", ".join(part for part in (fields.area, fields.place) if part) or "Không nhớ"
    return f"Địa điểm: {place}\nThời gian: {fields.happened or 'Không nhớ'}\nDiễn biến: {fields.text}"


def says_about_unit(request: HttpRequest) -> bool:
    """Whether the box was ticked that says that officers of this unit are meant (G7)."""
    return request.POST.get("about_unit") == "yes"


def first_missing(fields: Fields) -> int:
    """The page that still lacks what sending needs, 0 when nothing does."""
    if not fields.topic:
        return 1
    if not fields.text:
        return 2
    return 0 if fields.way else 5


def _story(request: HttpRequest, unit: UnitHere, writing: Writing) -> Answered:
    text = clean(request.POST.get("text", ""))
    writing.fields.is_about_unit = says_about_unit(request)
    if not text:
        return Answered(_("Tell briefly what happened."))
    if len(text) > TEXT_LIMIT:
        error = filled(_("The text has $n characters, at most $most fit."), unit, n=len(text), most=TEXT_LIMIT)
        return Answered(error, context={"text": text})
    if has_secret_heading(text):
        return Answered(secret_text(), context={"text": text})
    writing.fields.text = text
    writing.fields.is_danger = writing.fields.topic == "danger" or sounds_dangerous(text)
    return Answered()


def _place(request: HttpRequest, unit: UnitHere, writing: Writing) -> Answered:
    area = clean(request.POST.get("area", ""))
    writing.fields.area = area if area in {one.name for one in unit.areas} else ""
    writing.fields.place = clean(request.POST.get("place", ""))[:PLACE_LIMIT]
    writing.fields.happened = _when(request)
    return Answered()


def _when(request: HttpRequest) -> str:
    day, words = request.POST.get("day", ""), clean(request.POST.get("happened", ""))[:TIME_LIMIT]
    today = clock.today()
    said = {
        "today": f"Hôm nay {today:%d/%m/%Y}",
        "yesterday": f"Hôm qua {today - timedelta(days=1):%d/%m/%Y}",
        "unknown": "Không nhớ",
    }.get(day, "")
    return ", ".join(part for part in (said, words) if part)[:TIME_LIMIT]


def _files(request: HttpRequest, unit: UnitHere, writing: Writing) -> Answered:
    if removed := request.POST.get("remove", ""):
        files_of_case.remove_from_draft(writing.draft, removed)
        return Answered(stays=True)
    if request.POST.get("act") == "forget":
        pieces.forget_unfinished(writing.draft)
        return Answered(stays=True)
    sent: list[UploadedFile[bytes]] = request.FILES.getlist("files")
    for number, one in enumerate(sent, start=1):
        try:
            check_file_name(one.name)
            writing.files.append(files_of_case.prepare(writing.draft, one.read(), len(writing.files)))
        except NotPossible as refused:
            left = len(sent) - number
            return Answered(refused_file(refused, number, left, unit))
        except TryAgain:
            return Answered(trouble(unit), status=503)
    return Answered(stays=request.POST.get("act") == "add")


def _no_seal(unit: UnitHere) -> str:
    """No name is taken that could not be sealed at once (G1)."""
    return filled(
        _("$cq cannot seal a name at the moment. Send without a name: you get a code to read the answer."), unit
    )


def _way(request: HttpRequest, unit: UnitHere, writing: Writing) -> Answered:
    way = request.POST.get("way", "")
    if way not in ("anonymous", "named"):
        return Answered(_("Choose how you want to send it."))
    name = clean(request.POST.get("name", ""))[:NAME_LIMIT]
    phone = clean(request.POST.get("phone", ""))[:PHONE_LIMIT]
    context = {"chosen": way, "name": name, "phone": phone}
    try:
        if secret := request.POST.get("secret", ""):
            writing.fields.secret_hash = secret_hash(writing.token, secret)
    except NotPossible:
        return Answered(_("The word to read your own text again needs at least 6 characters."), context=context)
    if way == "anonymous":
        drafts.drop_identity(writing.draft)
    elif name or phone:
        try:
            is_about_unit = writing.fields.is_about_unit or complains_about_unit(writing.fields.text)
            drafts.keep_identity(writing.draft, Identity(name, phone), is_about_unit=is_about_unit)
        except NotPossible:  # the key was lost or taken away while the page stood open
            return Answered(_no_seal(unit), context=context)
    elif not writing.draft.sealed_identity:
        return Answered(
            _("Write your name or your telephone number, or choose to send without a name."), context=context
        )
    writing.fields.way = way
    return Answered()


ANSWERS: Mapping[int, Callable[[HttpRequest, UnitHere, Writing], Answered]] = {2: _story, 3: _place, 4: _files, 5: _way}
"""What takes the answers of each page between the first and the last."""
