"""Lost and found (O7): the register, one record with its matches, claims, clocks and hand-over."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from binhyen.audit.actions import record as audit
from binhyen.console.access import ConsoleRequest, fresh_second_factor_required, officer_required
from binhyen.console.lost_found_form import form_context, typed_in
from binhyen.console.texts import error_text
from binhyen.console.texts_lost_found import (
    BASES,
    CLAIM_STATES,
    CLOCKS,
    RECORD_KINDS,
    RECORD_STATES,
    SOURCES,
)
from binhyen.core import clock
from binhyen.core.errors import NotAllowed, NotPossible
from binhyen.core.text import whole_number
from binhyen.inbox.models import Conversation
from binhyen.lost_found import actions, ending, handing_over, queries
from binhyen.lost_found.models import HandOver, Record, RecordState, TakeDown
from binhyen.lost_found.papers import hand_over_paper, hand_over_pdf
from binhyen.lost_found.queries import WORK_ROLES
from binhyen.lost_found.rules import QUESTIONS_ASKED, base_salary_on, shares
from binhyen.units import queries as unit_queries
from binhyen.vault import files
from binhyen.vault.faces import count_faces
from binhyen.vault.media_types import DOCX, MOST_BYTES, PDF, recognise
from binhyen.workflows import lost_found as workflow
from binhyen.workflows.hand_over_papers import hand_over_docx
from binhyen.workflows.publishing import publisher_of

_EDITABLE = (RecordState.DRAFT, RecordState.REVIEW, RecordState.KEPT)


@require_safe
@officer_required
def register(request: ConsoleRequest) -> HttpResponse:
    """The register of one unit: children first, then what waits."""
    units = unit_queries.units_for(request.officer_scope, WORK_ROLES)
    if not units:
        raise NotAllowed
    asked = request.GET.get("unit", "")
    unit = unit_queries.access_unit(request.officer_scope, asked, WORK_ROLES) if asked else units[0]
    is_done = request.GET.get("view") == "done"
    rows = [
        (row, RECORD_KINDS[row.kind], RECORD_STATES[row.state], SOURCES[row.source])
        for row in queries.records_for(request.officer_scope, unit, is_done=is_done)
    ]
    context = {"unit": unit, "units": units, "rows": rows, "is_done": is_done}
    return render(request, "console/lost_found/register.html", context)


@officer_required
def new_record(request: ConsoleRequest, unit_id: str) -> HttpResponse:
    """A record at the counter; a found child fits on one telephone screen."""
    unit = unit_queries.access_unit(request.officer_scope, unit_id, WORK_ROLES)
    context = form_context(unit, request.POST.get("kind", "") or request.GET.get("kind", "found_item"), request.POST)
    if request.method == "POST":
        try:
            record = actions.begin(request.officer_scope, unit, typed_in(request, unit))
            _keep_picture(request, record)
            if request.POST.get("act") == "submit":
                actions.submit(request.officer_scope, record, publisher_of(unit))
                messages.success(request, _("The second officer can publish it now."))
            return redirect("console:lost-record", record.public_id)
        except NotPossible as error:
            context["error"] = error_text(error)
            if "record" in locals():
                messages.error(request, error_text(error))
                return redirect("console:lost-record", record.public_id)
    return render(request, "console/lost_found/new.html", context, status=422 if "error" in context else 200)


def _keep_picture(request: ConsoleRequest, record: Record) -> None:
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


@officer_required
def lost_record(request: ConsoleRequest, record_id: str) -> HttpResponse:
    """One record and what can be done with it; reading is recorded (G16)."""
    record = queries.access_record(request.officer_scope, record_id)
    context: dict[str, Any] = {}
    if request.method == "POST":
        try:
            _act(request, record)
            return redirect("console:lost-record", record.public_id)
        except NotPossible as error:
            context["error"] = error_text(error)
            record = queries.access_record(request.officer_scope, record_id)
    audit(
        record.unit_id, "lost_found.read", actor_key=request.officer_scope.officer_id,
        subject=f"record {record.public_id}",
    )  # fmt: skip
    context |= _page(request, record)
    return render(request, "console/lost_found/record.html", context, status=422 if "error" in context else 200)


def _act(request: ConsoleRequest, record: Record) -> None:
    scope, post = request.officer_scope, request.POST
    match post.get("act", ""):
        case "save":
            actions.save(scope, record, typed_in(request, record.unit))
            _keep_picture(request, record)
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
        case act:
            _act_in_person(request, record, act)
    messages.success(request, _("Saved."))


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
        case "judge":
            claim = queries.access_claim(scope, record, post.get("claim", ""))
            count = len(handing_over.answers_of(claim))
            handing_over.judge(scope, claim, [post.get(f"fits_{number}") == "yes" for number in range(count)])
        case "prepare":
            claim_id = post.get("claim", "")
            chosen = queries.access_claim(scope, record, claim_id) if claim_id else None
            receiver, papers = post.get("receiver", ""), post.get("papers", "")
            handing_over.prepare(scope, record, receiver, papers, papers_seen="papers_seen" in post, claim=chosen)
        case "complete":
            handing_over.complete(scope, record, saw_person="saw_person" in post, record_signed="record_signed" in post)
        case _:
            raise NotPossible("unknown_act")


def _page(request: ConsoleRequest, record: Record) -> dict[str, Any]:
    scope = request.officer_scope
    proof = queries.proof_of(record)
    hand_over = HandOver.objects.filter(record=record).select_related("first_officer", "second_officer").first()
    conversation = Conversation.objects.filter(pk=record.conversation_key).first() if record.conversation_key else None
    name, phone = queries.contact_of(record)
    padded = proof + [("", "")] * (QUESTIONS_ASKED - len(proof))
    return form_context(record.unit, record.kind, {}) | {
        "record": record,
        "kind_name": RECORD_KINDS[record.kind],
        "state_name": RECORD_STATES[record.state],
        "source_name": SOURCES[record.source],
        "is_editable": record.state in _EDITABLE,
        "is_public": record.state == RecordState.PUBLISHED,
        "may_end": record.state not in (RecordState.RESOLVED, RecordState.HANDED_OVER, RecordState.CLOSED),
        "waits_for_me": record.state == RecordState.REVIEW and record.author_id != scope.officer_id,
        "notice": queries.notice_of_record(record, record.unit),
        "proof": [(number, *pair) for number, pair in enumerate(padded, start=1)],
        "contact_name": name,
        "contact_phone": phone,
        "conversation": conversation,
        "may_close": ending.may_close(record),
        "matches": queries.matches_for(scope, record),
        "claims": _claims(record, proof),
        "clocks": [(CLOCKS[each.rule_id], each, each.is_overdue(clock.now())) for each in queries.clocks_of(record)],
        "take_downs": queries.open_take_downs(record),
        "hand_over": hand_over,
        "receiver": handing_over.receiver_of(hand_over) if hand_over else ("", ""),
        "hands_over": record.kind in ("found_item", "found_child", "found_person"),
        "shares": _shares(record),
    }


def _claims(record: Record, proof: list[tuple[str, str]]) -> list[dict[str, Any]]:
    found = []
    for claim in record.claims.order_by("-id")[:20]:
        name, phone = queries.opened(queries.CONTACT, claim.sealed_contact) or ["", ""]
        answers = handing_over.answers_of(claim)
        rows = [
            (number, question, said, answer, claim.matched[number] if number < len(claim.matched) else None)
            for number, (said, (question, answer)) in enumerate(zip(answers, proof, strict=False))
        ]
        found.append(
            {"claim": claim, "state": CLAIM_STATES[claim.state], "name": name, "phone": phone, "rows": rows,
             "is_open": claim.state in ("open", "refused", "invited")}
        )  # fmt: skip
    return found


def _shares(record: Record) -> object | None:
    """Who would get what after the waiting year, at today's base salary: a draft that an officer confirms."""
    if record.kind != "found_item" or not record.value_vnd:
        return None
    return shares(record.value_vnd, record.storage_cost_vnd, base_salary_on(clock.today()))


@fresh_second_factor_required
def publish(request: ConsoleRequest, record_id: str) -> HttpResponse:
    """The second officer looks at notice and picture, and publishes (G21, G38)."""
    record = queries.access_record(request.officer_scope, record_id)
    context: dict[str, Any] = {"record": record, "notice": queries.notice_of_record(record, record.unit)}
    if request.method == "POST":
        try:
            workflow.publish(request.officer_scope, record, picture_seen="picture_seen" in request.POST)
            messages.success(request, _("Published: on the board now, on its way to page and groups."))
            return redirect("console:lost-record", record.public_id)
        except NotPossible as error:
            context["error"] = error_text(error)
    context["basis"] = BASES.get(record.legal_basis, "")
    return render(request, "console/lost_found/publish.html", context, status=422 if "error" in context else 200)


@require_safe
@officer_required
def lost_picture(request: ConsoleRequest, record_id: str) -> HttpResponse:
    """The cleaned picture of a record."""
    record = queries.access_record(request.officer_scope, record_id)
    if record.picture is None:
        raise NotAllowed
    answer = HttpResponse(files.open(record.picture), content_type="image/jpeg")
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Disposition"] = 'inline; filename="anh.jpg"'
    return answer


@require_safe
@officer_required
def hand_over_record(request: ConsoleRequest, record_id: str, form: str) -> HttpResponse:
    """The draft of the hand-over record as PDF, or as DOCX to complete; to be signed by hand."""
    record = queries.access_record(request.officer_scope, record_id)
    hand_over = HandOver.objects.filter(record=record).select_related("first_officer", "second_officer").first()
    if hand_over is None or form not in ("pdf", "docx"):
        raise NotAllowed
    second = hand_over.second_officer.full_name if hand_over.second_officer else ""
    first = hand_over.first_officer.full_name if hand_over.first_officer else ""
    words = hand_over_paper(record, hand_over, (first, second))
    content, kind = (hand_over_docx(words), DOCX) if form == "docx" else (hand_over_pdf(words), PDF)
    handing_over.note_printed(request.officer_scope, record)
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="bien-ban-{record.label}.{form}"'
    return answer
