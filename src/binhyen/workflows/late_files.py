"""Files that arrive, or are refused, after their words left the chat: into the case those became, or said there."""

from datetime import timedelta

from binhyen.cases import drafts, following
from binhyen.cases.left_out import note_left_out, was_noted_since
from binhyen.cases.models import Case
from binhyen.core import clock
from binhyen.core.counting import count
from binhyen.core.errors import TryAgain
from binhyen.workflows.clear_words import case_of_chat, cases_of_chat
from binhyen.workflows.private_path import tell_reporter

TELL_AGAIN_AFTER = timedelta(hours=1)
"""Files of one message are refused one after the other; one message in the chat says so for all."""


def take_file(conversation_id: str, content: bytes) -> None:
    """A picture or recording that came with sealed words goes the same way, once it was fetched.

    Raises TryAgain while the case is not made yet, NotPossible as `files_of_case.add_to_case`.
    """
    case = case_of_chat(conversation_id)
    if case is None:
        raise TryAgain("case_not_there", 5)
    following.add(case, "", [content])


def leave_out_file(conversation_id: str, code: str) -> bool:
    """The case says, to officers and behind its code, that a file did not come along; whether the case was found.

    While the way back is open the person gets the one neutral sentence that every answer brings (G12): not that a file
    is meant, nor why.
    """
    case = case_of_chat(conversation_id) or next(reversed(cases_of_chat(conversation_id)), None)
    if case is None:
        return False
    tells = not _hears_by_itself(case)
    note_left_out(case, {code: 1})
    count(f"report.chat_file.{code}", unit_key=case.unit_id)
    if tells:
        tell_reporter(case)
    return True


def _hears_by_itself(case: Case) -> bool:
    """Told a moment ago, or the code is still to be fetched by a link that says it then."""
    now = clock.now()
    has_link = case.receipt_hash is None and case.received_at > now - drafts.LASTS
    return has_link or was_noted_since(case, now - TELL_AGAIN_AFTER)
