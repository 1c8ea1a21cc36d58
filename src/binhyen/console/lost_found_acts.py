"""Buttons of the page of one lost or found record."""

from django.http import QueryDict

from binhyen.console.access import ConsoleRequest
from binhyen.console.lost_found_form import typed_in
from binhyen.core.errors import NotAllowed, NotPossible
from binhyen.core.text import whole_number
from binhyen.lost_found import actions, claiming, ending, handing_over, joining, queries
from binhyen.lost_found.models import Record, TakeDown
from binhyen.units.scope import Scope
from binhyen.vault import files
from binhyen.vault.faces import count_faces
from binhyen.vault.media_types import MOST_BYTES, recognise
from binhyen.workflows import lost_found as workflow
from binhyen.workflows.publishing import publisher_of


def act(request: ConsoleRequest, record: Record) -> None:
    """Do what a button of the page says. Raises NotPossible as the action, and unknown_act."""
    scope, post = request.officer_scope, request.POST
    match post.get("act", ""):
        case "save":
            actions.save(scope, record, typed_in(request, record.unit))
            keep_picture(request, record)
        case "submit":
            actions.submit(scope, record, publisher_of(record.unit))
        case "keep":
            actions.keep(scope, record)
        case "found":
            workflow.resolve(scope, record)
        case "take_down":
            workflow.take_down(scope, record)
        case "told":
            actions.tell_finder(scope, record)
        case "close":
            ending.close(scope, record)
        case "join":
            _join(scope, record, post)
        case "part":
            joining.part(scope, record)
        case other:
            _act_in_person(request, record, other)


def _act_in_person(request: ConsoleRequest, record: Record, act: str) -> None:
    """Groups to clean, claims to compare, the hand-over."""
    scope, post = request.officer_scope, request.POST
    match act:
        case "removed":
            row = (
                TakeDown.objects.select_related("record")
                .filter(record=record, pk=whole_number(post.get("row", "")))
                .first()
            )
            if row is None:
                raise NotAllowed
            actions.tick_take_down(scope, row)
        case "prepare":
            claim_id = post.get("claim", "")
            chosen = queries.access_claim(scope, record, claim_id) if claim_id else None
            receiver, papers = post.get("receiver", ""), post.get("papers", "")
            handing_over.prepare(scope, record, receiver, papers, papers_seen="papers_seen" in post, claim=chosen)
        case "complete":
            handing_over.complete(scope, record, saw_person="saw_person" in post, record_signed="record_signed" in post)
        case other:
            _act_on_claim(request, record, other)


def _act_on_claim(request: ConsoleRequest, record: Record, act: str) -> None:
    """Claims: written down at the counter, compared, set aside, told."""
    scope, post = request.officer_scope, request.POST
    if act == "claim":
        answers = [post.get(f"said_{number}", "") for number in range(1, record.proof_count + 1)]
        claiming.claim_at_counter(scope, record, answers, post.get("claimant", ""), post.get("claimant_phone", ""))
        return
    if act not in ("judge", "set_aside", "claimant_told"):
        raise NotPossible("unknown_act")
    claim = queries.access_claim(scope, record, post.get("claim", ""))
    if act == "judge":
        count = len(claiming.answers_of(claim))
        claiming.judge(scope, claim, [post.get(f"fits_{number}") == "yes" for number in range(count)])
    elif act == "set_aside":
        claiming.set_aside(scope, claim, post.get("reason", ""))
    else:
        claiming.tell_claimant(scope, claim)


def _join(scope: Scope, record: Record, post: QueryDict) -> None:
    """This report tells of the same thing as the chosen record."""
    chosen = post.get("into", "")
    if not chosen:
        raise NotPossible("join_other")
    into = queries.access_record(scope, chosen)
    joining.join(scope, record, into, is_same_reporter=post.get("reporter") == "same")


def keep_picture(request: ConsoleRequest, record: Record) -> None:
    """The picture sent along, cleaned of everything but the picture (G10). Raises as `media_types.recognise`."""
    sent = request.FILES.get("picture")
    if sent is None or not sent.size:
        return
    content = sent.read(MOST_BYTES + 1)
    kind = recognise(content)
    if not kind.startswith("image/"):
        raise NotPossible("media_type")
    original = files.store(content, record.unit_id, kind, "anh")
    shown = files.store_clean_copy(original, content)
    fit = "picture_is_fit" in request.POST
    faces = count_faces(files.open(shown)) if shown else None
    actions.set_picture(request.officer_scope, record, shown, faces)
    record.picture_is_fit = fit
    record.save(update_fields=["picture_is_fit"])
