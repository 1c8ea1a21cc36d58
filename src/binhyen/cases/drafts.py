"""A report being written on the portal: kept sealed on the server under a random token, nothing on the device."""

import secrets
from datetime import timedelta

import msgspec

from binhyen.cases import files_of_case
from binhyen.cases.models import ReportDraft
from binhyen.cases.reports import Identity, content_purpose
from binhyen.cases.routes import sealed_for_draft
from binhyen.core import clock
from binhyen.core.errors import NotPossible
from binhyen.core.prepared import Prepared
from binhyen.units.models import Unit
from binhyen.vault.content_keys import new_key, new_wrapped_key, open_under, seal_under, unwrapped
from binhyen.vault.identities import has_identity_key, present_identity_key, seal_identity
from binhyen.vault.keyring import keyed_hash
from binhyen.vault.models import IdentityKey

LASTS = timedelta(hours=24)
TOKEN_LENGTH = 43
"""Characters: 256 random bits."""
_KEY_UNDER = Prepared(lambda hashed: ReportDraft.objects.filter(token_hash=hashed).values_list("pk")[:1], str)


class Fields(msgspec.Struct, omit_defaults=True):
    """Answers so far. A name is never among them: it is sealed the moment it arrives."""

    topic: str = ""
    text: str = ""
    area: str = ""
    place: str = ""
    happened: str = ""
    way: str = ""
    """anonymous or named; nothing is chosen in advance."""
    secret_hash: str = ""
    """Argon2id of the second secret."""
    is_danger: bool = False
    """The words sound like danger: numbers to call stay on top."""
    moved: list[int] = []
    """Keys of chat messages whose words this report takes over."""
    copied: list[int] = []
    """Keys of files of the chat that were looked at for this report, refused ones too."""
    left_out: dict[str, int] = {}
    """How many files of the chat did not come along, by the reason's code; the person is told."""
    case: str = ""
    """Public id of the case the words have become already; the draft is then only the way to its code."""
    is_about_unit: bool = False
    """The person says that it is about officers of the unit: it goes to the superior unit (G7)."""
    seen: int = 0
    """Last page that was sent on."""


def new_draft(unit: Unit) -> tuple[ReportDraft, str]:
    """An empty draft and its token; the token is kept nowhere on the server."""
    draft, token = unstored_draft(unit.pk)
    draft.save()
    return draft, token


def unstored_draft(unit_id: int, conversation_id: str = "") -> tuple[ReportDraft, str]:
    """The same for callers who store many at once; it knows the conversation that a link to it goes out in."""
    token = new_token()
    token_hash = hash_of(token)
    key, wrapped = new_key(content_purpose(unit_id))
    draft = ReportDraft(
        token_hash=token_hash,
        unit_id=unit_id,
        wrapped_key=wrapped,
        sealed_fields=seal_under(key, _place(token_hash), msgspec.json.encode(Fields())),
        sealed_route=sealed_for_draft(key, token_hash, conversation_id) if conversation_id else b"",
        changed_at=clock.now(),
    )
    return draft, token


def draft_under(unit: Unit, token: str) -> ReportDraft:
    """A draft of a known token that is not written yet."""
    wrapped = new_wrapped_key(content_purpose(unit.pk))
    return ReportDraft(
        token_hash=hash_of(token), unit=unit, wrapped_key=wrapped, sealed_fields=b"", changed_at=clock.now()
    )


def hash_of(token: str) -> str:
    """How a draft is found."""
    return keyed_hash("report.draft", token)


def draft_of(unit_id: int, token: str) -> ReportDraft | None:
    """The draft of a token, None when it is too old, sent, of another unit or about to become a case by itself."""
    if len(token) != TOKEN_LENGTH:
        return None
    token_hash = hash_of(token)
    if _KEY_UNDER.first(token_hash) is None:  # a form sent in one go has none: the light question comes first
        return None
    fresh = ReportDraft.objects.filter(token_hash=token_hash, unit=unit_id, changed_at__gt=clock.now() - LASTS)
    return fresh.filter(is_due=False).select_related("unit", "identity_key").first()


def read(draft: ReportDraft) -> Fields:
    """The answers so far."""
    plain = open_under(key_of(draft), _place(draft.token_hash), bytes(draft.sealed_fields))
    return msgspec.json.decode(plain, type=Fields)


def fill(draft: ReportDraft, fields: Fields) -> None:
    """Seal the answers into the draft, without storing it."""
    draft.sealed_fields = _sealed(draft, fields)
    draft.changed_at = clock.now()


def write(draft: ReportDraft, fields: Fields) -> None:
    """Keep the answers."""
    fill(draft, fields)
    draft.save()


def _sealed(draft: ReportDraft, fields: Fields) -> bytes:
    return seal_under(key_of(draft), _place(draft.token_hash), msgspec.json.encode(fields))


def _place(token_hash: str) -> str:
    return f"draft:{token_hash}"


def new_token() -> str:
    """A token nobody can guess."""
    return secrets.token_urlsafe(32)


def move_to_new_token(draft: ReportDraft, token: str = "") -> str:
    """Give the draft another token (`token` when it is made already); the one before opens nothing any more."""
    fields, token = read(draft), token or new_token()
    draft.token_hash = hash_of(token)
    write(draft, fields)
    return token


def give_new_key(draft: ReportDraft) -> None:
    """A key of its own, once a case has taken the one before; the caller writes the answers anew."""
    draft.wrapped_key = new_wrapped_key(content_purpose(draft.unit_id))


def key_of(draft: ReportDraft) -> bytes:
    """The draft's content key, which becomes the case's."""
    return unwrapped(content_purpose(draft.unit_id), bytes(draft.wrapped_key))


def takes_names(unit_id: int, parent_id: int | None) -> bool:
    """Whether a name could be sealed: the unit has a key for it, or its superior unit has."""
    return has_identity_key(unit_id) or (parent_id is not None and has_identity_key(parent_id))


def identity_key_for(unit: Unit, *, is_about_unit: bool = False) -> IdentityKey | None:
    """The key a name would be sealed to, the superior unit's while the unit has none; None: no name is taken.

    In what is about the unit itself it is the superior unit's, where that has one: nobody of the unit holds a share.
    """
    order = [unit.parent_id, unit.pk] if is_about_unit else [unit.pk, unit.parent_id]
    return next((key for one in order if one and (key := present_identity_key(one))), None)


def keep_identity(draft: ReportDraft, identity: Identity, *, is_about_unit: bool = False) -> None:
    """Seal who it is at once; from now on not even the server can show it. Raises NotPossible("identity_no_key")."""
    key = identity_key_for(draft.unit, is_about_unit=is_about_unit)
    if key is None:
        raise NotPossible("identity_no_key")
    draft.sealed_identity, draft.identity_key = seal_identity(key, identity.written()), key


def drop_identity(draft: ReportDraft) -> None:
    """The person would rather not be named."""
    draft.sealed_identity, draft.identity_key = b"", None


def erase(draft: ReportDraft) -> None:
    """Leave nothing: answers, key and files."""
    for file in draft.files.select_related("original"):
        files_of_case.erase(file)
    draft.delete()


def forget_old() -> int:
    """Erase drafts nobody sent within a day; the number."""
    old = list(ReportDraft.objects.filter(changed_at__lte=clock.now() - LASTS, is_due=False)[:200])
    for draft in old:
        erase(draft)
    return len(old)
