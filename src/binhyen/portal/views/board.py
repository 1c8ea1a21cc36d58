"""The unit's board (R11): posts and warnings, their feeds, and warnings as CAP."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from binhyen.core.configuration import configuration
from binhyen.core.text import whole_number
from binhyen.outreach.cap import KINDS, message_of, public_key_pem
from binhyen.outreach.fixed_words import KIND_WORDS
from binhyen.outreach.models import Post, PostKind
from binhyen.outreach.queries import board as board_of
from binhyen.outreach.queries import public_post, texts_of
from binhyen.portal.feeds import MEDIA_TYPES, Form, feed_of
from binhyen.portal.middleware import FOR_READERS
from binhyen.portal.pages import of_unit, page
from binhyen.portal.units_here import UnitHere
from binhyen.vault import files

PAGE_SIZE = 20


@require_safe
@of_unit
def board(request: HttpRequest, unit: UnitHere) -> HttpResponse:
    """Posts of the unit, newest first, of one kind or all."""
    kind = request.GET.get("loai", "")
    kind = kind if kind in KIND_WORDS else ""
    first = (max(1, whole_number(request.GET.get("trang", "1"), 1, 10_000)) - 1) * PAGE_SIZE
    rows = list(board_of(unit.id, kind)[first : first + PAGE_SIZE + 1])
    context = {
        "rows": [(post, KIND_WORDS[post.kind]) for post in rows[:PAGE_SIZE]],
        "kind": kind,
        "kinds": KIND_WORDS.items(),
        "older": first // PAGE_SIZE + 2 if len(rows) > PAGE_SIZE else 0,
        "newer": first // PAGE_SIZE,
    }
    return page(request, "board", unit, context)


@require_safe
@of_unit
def post(request: HttpRequest, unit: UnitHere, post_id: str) -> HttpResponse:
    """One post; one that was taken down is gone for good (410)."""
    found = _post(unit, post_id)
    if found.withdrawn_at is not None:
        return page(request, "post_gone", unit, status=410)
    own = found.variants.get("portal", "")
    corrections = [one for one in found.corrections.all() if one.published_at and not one.withdrawn_at]
    address = f"{configuration().public_url}/{unit.slug}/tin/{found.public_id}/"
    context = {
        "post": found,
        "own_text": texts_of(found, configuration().public_url)["portal"] if own else "",
        "kind": KIND_WORDS[found.kind],
        "corrections": corrections,
        "has_cap": found.kind in KINDS,
        "address": address,
    }
    return page(request, "post", unit, context)


def _post(unit: UnitHere, post_id: str) -> Post:
    found = public_post(unit.id, post_id)
    if found is None:
        raise Http404
    return found


@require_safe
@of_unit
def post_picture(request: HttpRequest, unit: UnitHere, post_id: str) -> HttpResponse:  # noqa: ARG001
    """The cleaned picture of a post that is out."""
    found = _post(unit, post_id)
    if found.withdrawn_at is not None:
        return HttpResponse(status=410)
    if found.picture is None:
        raise Http404
    answer = HttpResponse(files.open(found.picture), content_type="image/jpeg")
    setattr(answer, FOR_READERS, True)
    return answer


@require_safe
@of_unit
def feed(request: HttpRequest, unit: UnitHere, form: Form, kind: str = "") -> HttpResponse:
    """Atom or RSS; unchanged since the reader's last look is 304."""
    if kind and kind not in PostKind.values:
        raise Http404
    found = feed_of(unit, kind, form)
    answer = HttpResponse(found.content, content_type=f"{MEDIA_TYPES[form]}; charset=utf-8")
    answer.headers["ETag"] = found.tag
    answer.headers["Last-Modified"] = http_date(found.changed_at.timestamp())
    answer.headers["Access-Control-Allow-Origin"] = "*"
    asked = get_conditional_response(request, etag=found.tag, response=answer)
    setattr(asked, FOR_READERS, True)
    return asked or answer


@require_safe
@of_unit
def cap(request: HttpRequest, unit: UnitHere, post_id: str) -> HttpResponse:  # noqa: ARG001
    """The warning as a signed CAP 1.2 message; a withdrawn one is its own cancellation."""
    found = _post(unit, post_id)
    if found.kind not in KINDS:
        raise Http404
    url = configuration().public_url
    address = f"{url}/{unit.slug}/tin/{found.public_id}/"
    content = message_of(found, texts_of(found, url), address, configuration().host)
    answer = HttpResponse(content, content_type="application/cap+xml; charset=utf-8")
    setattr(answer, FOR_READERS, True)
    return answer


@require_safe
@of_unit
def signing_key(request: HttpRequest, unit: UnitHere) -> HttpResponse:  # noqa: ARG001
    """The public key that checks the signatures of warnings."""
    answer = HttpResponse(public_key_pem(), content_type="application/x-pem-file")
    setattr(answer, FOR_READERS, True)
    return answer
