"""The REST service, version 1: every path, in one description."""

from http import HTTPStatus
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Header, NinjaAPI, Query, Status
from ninja.openapi.schema import OpenAPISchema

from binhyen.api.keys import KeyBearer, caller
from binhyen.api.problems import CONTENT_TYPE, Problem, add_handlers
from binhyen.api.reading import (
    case_shape,
    directory_shape,
    figures_shape,
    post_shape,
    procedure_line,
    procedure_shape,
    receipt_shape,
    unit_shape,
)
from binhyen.api.shapes import (
    CaseShape,
    DirectoryShape,
    FiguresShape,
    PostShape,
    ProcedureLine,
    ProcedureShape,
    QuestionIn,
    QuestionTaken,
    ReceiptIn,
    ReceiptShape,
    Slug,
    UnitShape,
)
from binhyen.cases.models import Case
from binhyen.consumers.queries import access_unit_of, units_of
from binhyen.consumers.rules import ApiScope
from binhyen.core.errors import NotAllowed
from binhyen.outreach.models import PostKind
from binhyen.outreach.queries import board, public_post
from binhyen.procedures.effective import catalogue_of
from binhyen.statistics.families import written_at
from binhyen.statistics.periods import span_of
from binhyen.statistics.queries import open_figures
from binhyen.units.models import Unit
from binhyen.vault.keyring import keyed_hash
from binhyen.workflows.asking import PortalThread, ask_by_portal, behind_code

DESCRIPTION = """Procedures, numbers, questions and receipts of local police units.

Every call carries a key. What a key may not see looks like what does not exist.
Errors are problem details (RFC 9457)."""

Limit = Annotated[int, Query(ge=1, le=100, description="Posts at most.")]
Period = Annotated[
    str,
    Query(
        pattern=r"^20[0-9]{2}(-(0[1-9]|1[0-2]|Q[1-4]|H[12]))?$",
        description="A year, half-year, quarter or month.",
        examples=["2026-Q4", "2026-11", "2026"],
    ),
]
FAILURES = dict.fromkeys((400, 401, 404, 422, 429, 503), Problem)


class Service(NinjaAPI):
    """The framework's service, whose description says that failures are problem details."""

    def get_openapi_schema(self, *, path_prefix: str | None = None, path_params: Any = None) -> OpenAPISchema:
        """The description; content types of failures are put right."""
        schema = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
        for operations in schema["paths"].values():
            for operation in operations.values():
                for status, response in operation["responses"].items():
                    if int(status) >= HTTPStatus.BAD_REQUEST and "application/json" in response.get("content", {}):
                        response["content"] = {CONTENT_TYPE: response["content"]["application/json"]}
        return schema


api = Service(
    title="Bình Yên",
    version="1.0.0",
    description=DESCRIPTION,
    auth=KeyBearer(),
    docs_url=None,
    openapi_url="/openapi.json",
)
add_handlers(api)


def unit_of(request: HttpRequest, slug: str, wanted: ApiScope) -> Unit:
    """The unit of a path, when the key covers it and holds the right."""
    return access_unit_of(caller(request), slug, wanted)


@api.get("/units", response={200: list[UnitShape], **FAILURES}, operation_id="units", tags=["units"])
def units(request: HttpRequest) -> list[UnitShape]:
    """Units this key covers."""
    return [unit_shape(unit) for unit in units_of(caller(request))]


@api.get(
    "/units/{slug}/procedures",
    response={200: list[ProcedureLine], **FAILURES},
    operation_id="procedures",
    tags=["procedures"],
)
def procedures(request: HttpRequest, slug: Slug) -> list[ProcedureLine]:
    """Procedures of the unit. Scope procedures:read."""
    unit = unit_of(request, slug, ApiScope.PROCEDURES)
    return [procedure_line(procedure) for procedure in catalogue_of(unit.pk).procedures]


@api.get(
    "/units/{slug}/procedures/{procedure_id}",
    response={200: ProcedureShape, **FAILURES},
    operation_id="procedure",
    tags=["procedures"],
)
def procedure(request: HttpRequest, slug: Slug, procedure_id: str) -> ProcedureShape:
    """One procedure with papers, steps, time limit, fee and legal basis. Scope procedures:read."""
    unit = unit_of(request, slug, ApiScope.PROCEDURES)
    found = catalogue_of(unit.pk).procedure(procedure_id)
    if found is None:
        raise NotAllowed
    return procedure_shape(unit, found)


@api.get(
    "/units/{slug}/directory",
    response={200: DirectoryShape, **FAILURES},
    operation_id="directory",
    tags=["directory"],
)
def directory(request: HttpRequest, slug: Slug) -> DirectoryShape:
    """Numbers residents may call. Scope directory:read."""
    return directory_shape(unit_of(request, slug, ApiScope.DIRECTORY))


@api.get(
    "/units/{slug}/posts",
    response={200: list[PostShape], **FAILURES},
    operation_id="posts",
    tags=["posts"],
)
def posts(request: HttpRequest, slug: Slug, kind: PostKind | None = None, limit: Limit = 20) -> list[PostShape]:
    """Posts and warnings on the unit's board, newest first; those taken down are left out. Scope posts:read."""
    unit = unit_of(request, slug, ApiScope.POSTS)
    return [post_shape(unit, post) for post in board(unit.pk, kind.value if kind else "")[:limit]]


@api.get(
    "/units/{slug}/posts/{post_id}",
    response={200: PostShape, **FAILURES},
    operation_id="post",
    tags=["posts"],
)
def post(request: HttpRequest, slug: Slug, post_id: str) -> PostShape:
    """One post of the board; one that was taken down does not exist any more. Scope posts:read."""
    unit = unit_of(request, slug, ApiScope.POSTS)
    found = public_post(unit.pk, post_id)
    if found is None or found.withdrawn_at is not None:
        raise NotAllowed
    return post_shape(unit, found)


@api.get(
    "/units/{slug}/figures",
    response={200: FiguresShape, **FAILURES},
    operation_id="figures",
    tags=["figures"],
)
def figures(request: HttpRequest, slug: Slug, period: Period) -> FiguresShape:
    """Figures of the unit and all below it in a period; counts of 1 to 4 people are hidden. Scope figures:read."""
    unit = unit_of(request, slug, ApiScope.FIGURES)
    span = span_of(period)
    return figures_shape(span, open_figures(unit, span), written_at())


@api.post(
    "/units/{slug}/questions",
    response={201: QuestionTaken, **FAILURES},
    operation_id="askQuestion",
    tags=["questions"],
)
def ask_question(
    request: HttpRequest,
    slug: Slug,
    question: QuestionIn,
    idempotency_key: str = Header("", alias="Idempotency-Key", max_length=100),  # type: ignore[type-arg]
) -> Status[QuestionTaken]:
    """Ask an officer for a resident. The same Idempotency-Key gives the same receipt code. Scope questions:write."""
    unit = unit_of(request, slug, ApiScope.QUESTIONS)
    sent_by = f"{caller(request).public_id}:{unit.pk}:{idempotency_key}"
    token = keyed_hash("api.question", sent_by) if idempotency_key else ""
    code = ask_by_portal(unit, question.text, question.procedure, token)
    return Status(HTTPStatus.CREATED, QuestionTaken(receipt_code=code))


@api.post(
    "/units/{slug}/receipts",
    response={200: ReceiptShape, **FAILURES},
    operation_id="readReceipt",
    tags=["questions"],
)
def read_receipt(request: HttpRequest, slug: Slug, receipt: ReceiptIn) -> ReceiptShape:
    """Where the matter behind a receipt code stands, and the unit's replies. Scope receipts:read."""
    unit = unit_of(request, slug, ApiScope.RECEIPTS)
    thread = behind_code(receipt.receipt_code)
    if not isinstance(thread, PortalThread) or thread.unit_slug != unit.slug:
        raise NotAllowed
    return receipt_shape(thread)


@api.post(
    "/units/{slug}/cases",
    response={200: CaseShape, **FAILURES},
    operation_id="readCase",
    tags=["cases"],
)
def read_case(request: HttpRequest, slug: Slug, receipt: ReceiptIn) -> CaseShape:
    """State and days of a report by its receipt code, never a word of it. Scope cases:read."""
    unit = unit_of(request, slug, ApiScope.CASES)
    case = behind_code(receipt.receipt_code)
    if not isinstance(case, Case) or case.unit_id != unit.pk:
        raise NotAllowed
    return case_shape(case)
