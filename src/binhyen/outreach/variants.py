"""From one draft to the text of every channel, each within its limit; pure."""

from dataclasses import dataclass

from binhyen.core.text import clean, nfc, without_marks, without_mentions
from binhyen.outreach.fixed_words import FixedWords, fixed_words
from binhyen.outreach.sms import plain_signs, size_of

LIMITS = {"group": 2_000, "article_title": 150, "article_summary": 300, "portal": 20_000, "poster": 600}
"""Characters after NFC (zalo sections 3.1 and 3.6); SMS goes by its alphabet, see `sms`."""
CAP_LIMITS = {"headline": 160}
EDITABLE = ("group", "article", "portal", "poster", "sms", "cap")
"""Variants an officer may word differently."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What the officer wrote."""

    kind: str
    title: str
    what: str
    signs: str = ""
    todo: str = ""
    video_link: str = ""
    is_cancellation: bool = False
    corrects_title: str = ""
    language: str = "vi"

    @property
    def fixed(self) -> FixedWords:
        """The words around it in its language."""
        return fixed_words(self.language)


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks, and where more is to be read."""

    unit_name: str
    short_name: str
    duty_phone: str
    address: str
    """Of the post on the portal."""


def harmless(text: str) -> str:
    """The text in NFC without anything Zalo would read as a call to one member or the whole group (`[@...]`)."""
    return without_mentions(nfc(text))


def cut(text: str, limit: int, ending: str = "…") -> str:
    """The text within `limit` characters, cut after a whole word."""
    text = nfc(text)
    if len(text) <= limit:
        return text
    room = limit - len(ending)
    at = max(text.rfind(mark, room // 2, room) for mark in ("\n", " "))
    return text[: at if at > 0 else room].rstrip(" ,;:\n") + ending


def headline(draft: Draft) -> str:
    """The title with what the post is: "CẢNH BÁO: ..."."""
    words = draft.fixed
    word = words.correction if draft.corrects_title else words.kinds.get(draft.kind, words.kinds["news"])
    word = words.called_off if draft.is_cancellation else word
    return f"{word.upper()}: {clean(draft.title)}"


def variants_of(draft: Draft, voice: Voice, edited: dict[str, str] | None = None) -> dict[str, str]:
    """Text of every variant; those in `edited` as they were worded by hand."""
    made = {
        "group": _group(draft, voice),
        "article": _article(draft, voice),
        "portal": _sections(draft),
        "poster": cut(_poster(draft, voice), LIMITS["poster"]),
        "sms": _sms(draft, voice),
        "cap": _cap(draft),
    }
    words = {name: text for name, text in (edited or {}).items() if name in EDITABLE and text.strip()}
    return {name: harmless(text) for name, text in (made | words).items()}


def _sections(draft: Draft) -> str:
    parts = [clean(draft.what)]
    parts += [f"{draft.fixed.signs}{clean(draft.signs)}"] if draft.signs.strip() else []
    parts += [f"{draft.fixed.todo}{clean(draft.todo)}"] if draft.todo.strip() else []
    parts += [f"{draft.fixed.video} {draft.video_link.strip()}"] if draft.video_link.strip() else []
    return "\n\n".join(part for part in parts if part)


def _about(draft: Draft) -> list[str]:
    return [f"{draft.fixed.about} “{clean(draft.corrects_title)}”"] if draft.corrects_title else []


def _group(draft: Draft, voice: Voice) -> str:
    phone = f"{draft.fixed.duty} {voice.duty_phone}" if voice.duty_phone else ""
    foot = "\n".join(line for line in (voice.unit_name, phone, f"{draft.fixed.more} {voice.address}") if line)
    body = "\n\n".join([headline(draft), *_about(draft), _sections(draft)])
    return f"{cut(body, LIMITS['group'] - len(foot) - 2)}\n\n{foot}"


def _article(draft: Draft, voice: Voice) -> str:
    foot = f"{voice.unit_name}. {draft.fixed.duty} {voice.duty_phone}" if voice.duty_phone else voice.unit_name
    return "\n\n".join([*_about(draft), _sections(draft), foot])


def _poster(draft: Draft, voice: Voice) -> str:
    phone = f"{draft.fixed.call_duty} {voice.duty_phone}" if voice.duty_phone else ""
    first = cut(clean(draft.what), 240)
    return "\n\n".join(part for part in (headline(draft), first, cut(clean(draft.todo), 240), phone) if part)


_LEAST = 10
"""Characters an SMS keeps of the draft's words."""


def _sms(draft: Draft, voice: Voice) -> str:
    phone = f" {draft.fixed.call} {voice.duty_phone}" if voice.duty_phone else ""
    head = f"{voice.short_name}: {headline(draft)}. {clean(draft.todo).split('.')[0]}".rstrip(". ")
    words = plain_signs(without_marks(head)).replace("\n", " ")
    made, room = f"{words}.{phone}", len(words)
    while (size := size_of(made)).parts > 1 and room > _LEAST:  # one message, whatever alphabet its letters need
        room = min(room - 1, room - (size.used - size.one) // 2)
        made = f"{cut(words, room, '...')}.{phone}"
    return made


def _cap(draft: Draft) -> str:
    return "\n\n".join(part for part in (clean(draft.what), clean(draft.signs)) if part)


def too_long(variants: dict[str, str]) -> dict[str, int]:
    """Variants beyond their limit, with the limit."""
    found = {name: LIMITS[name] for name, text in variants.items() if name in LIMITS and len(nfc(text)) > LIMITS[name]}
    sms = size_of(variants.get("sms", ""))
    return found | ({"sms": sms.limit} if sms.is_too_long else {})
