"""Pure decisions of the print room: limits, numbers of runs, what an order may be."""

from collections.abc import Sequence
from datetime import date

from binhyen.core.errors import NotPossible
from binhyen.core.text import clean
from binhyen.printing.papers import Paper, Target, Wording

MOST_TARGETS = 4_000
MOST_PAGES = 6_000
"""Pages of one run: about 12 reams."""
MOST_COPIES = 200
TITLE_LIMIT = 90
BODY_LIMIT = 3_000
MARK_LIMIT_BYTES = 2 * 1024 * 1024
WITHOUT_TARGET = frozenset(
    {Paper.NOTICE, Paper.HOTLINE_FLYER, Paper.HOTLINE_CARD, Paper.REPORT_FORM, Paper.DROP_BOX_SLIP}
)
"""Papers that make sense for the whole unit, without a hamlet."""


def run_number(year: int, count: int) -> str:
    """Number of the `count`-th run of a year: "P-2026-014"."""
    return f"P-{year}-{count:03d}"


def check_order(targets: Sequence[Target], copies: int, printed_on: date, expires_on: date | None) -> None:
    """Raises NotPossible: print_nothing, print_copies, print_too_many, print_expired."""
    if not targets:
        raise NotPossible("print_nothing")
    if not 1 <= copies <= MOST_COPIES:
        raise NotPossible("print_copies", most=MOST_COPIES)
    if len(targets) > MOST_TARGETS or len(targets) * copies > MOST_PAGES:
        raise NotPossible("print_too_many", most=MOST_PAGES)
    if expires_on is not None and expires_on < printed_on:
        raise NotPossible("print_expired")


def checked_wording(paper: Paper, wording: Wording) -> Wording:
    """The words cleaned. Raises NotPossible: print_title, print_body, print_notice."""
    title, second_title = clean(wording.title), clean(wording.second_title)
    body, second_body = clean(wording.body), clean(wording.second_body)
    if max(len(title), len(second_title)) > TITLE_LIMIT:
        raise NotPossible("print_title", most=TITLE_LIMIT)
    if max(len(body), len(second_body)) > BODY_LIMIT:
        raise NotPossible("print_body", most=BODY_LIMIT)
    if paper is Paper.NOTICE and not (title and body):
        raise NotPossible("print_notice")
    return Wording(title, body, wording.second, second_title, second_body, clean(wording.label)[:30])
