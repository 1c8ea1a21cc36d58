"""Buttons that were tapped, or typed as their number: what each of them brings."""

import re
from collections.abc import Callable, Sequence

from binhyen.channels.connector import Button, ButtonKind
from binhyen.core.text import clean, fold
from binhyen.language.questions import aspects_of
from binhyen.procedures.queries import catalogue
from binhyen.workflows import texts
from binhyen.workflows.answering import welcome
from binhyen.workflows.decision import Decision, PlannedReply, ThreadFacts, UnitFacts
from binhyen.workflows.form_answers import form_asked, form_decision
from binhyen.workflows.procedure_answers import procedure_decision, to_officer

RIGHTS_WORDS = frozenset(
    {"du lieu cua toi", "xem du lieu cua toi", "sua du lieu cua toi", "rut lai dong y", "quyen ve du lieu"}
)
"""Whole messages, folded, with which a person asks for the rights about their data (G64)."""
ERASE_WORDS = frozenset(
    {
        "xoa", "xoa het", "xoa du lieu", "xoa du lieu cua toi", "xoa het du lieu", "xoa het du lieu cua toi",
        "xoa tin nhan", "xoa het tin nhan", "xoa chat", "xoa cuoc tro chuyen", "xoa thong tin cua toi",
    }
)  # fmt: skip
"""Whole messages, folded, with which a person asks to have everything erased; it is asked once more before."""
_NO = frozenset({"khong", "ko", "k", "thoi", "thoi khong", "thoi khoi", "khong xoa nua", "dung xoa"})
"""Whole messages, folded, that leave everything as it is where erasing was asked about."""
_LONGEST_CHOICE = 100
_NUMBER_WORDS = {"mot": 1, "nhat": 1, "dau": 1, "dau tien": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5}
_NUMBER = re.compile(
    r"(?:(?:em|toi|minh|chon|lay|bam|so|muc|cau|cai|y|viec|thu) )*"
    rf"(?:(?P<digit>[1-9])|(?P<word>{'|'.join(sorted(_NUMBER_WORDS, key=len, reverse=True))}))"
    r"(?: (?:a|nhe|nha|nghe|di|em|ad|ban))*"
)
"""A choice by its number, folded: "2", "số 2 ạ", "chọn 2", "cái đầu tiên", "thứ hai"."""
_OFFERED_ONE = re.compile(
    r"(?:(?:the|con|vay|roi|da|a|uh?|em|toi|cho|xin|hoi|ve|voi) )*"
    r"(?:cai|viec|chuyen|thu tuc|cau|muc|so) (?:(?:thu|so) )?"
    rf"(?:(?P<digit>[1-3])|(?P<word>{'|'.join(_NUMBER_WORDS)}))\b"
)
"""How a question begins that tells its choice, folded: "cái thứ hai mất bao lâu"; "nhà số 2 bị trộm" is none."""
_FORM_PAYLOAD = re.compile(r"#mau:([\w-]{1,20})")
_PROCEDURE_PAYLOAD = re.compile(r"#thu-tuc:([a-z0-9-]{1,60})")


def command_of(thread: ThreadFacts) -> str:
    """The payload a person chose: tapped ("#...") or typed as the number of an offered button; "" is ordinary words."""
    text = clean(thread.text)
    if text.startswith("#"):
        return text
    if thread.folded in _NO and texts.KEEP_BUTTON in thread.offered:
        return texts.KEEP
    return choice_of(text, thread.folded, thread.offered) or _choice_in_question(thread)


def _choice_in_question(thread: ThreadFacts) -> str:
    """The procedure that a question names by its place among those offered; "" when none was offered."""
    offered = [button.value for button in thread.offered if _PROCEDURE_PAYLOAD.fullmatch(button.value)]
    asks = offered and len(thread.text) <= _LONGEST_CHOICE and aspects_of(thread.folded)
    found = _OFFERED_ONE.match(thread.folded) if asks else None
    place = int(found["digit"] or _NUMBER_WORDS[found["word"]]) if found else 0
    return offered[place - 1] if 0 < place <= len(offered) else ""


def choice_of(text: str, folded: str, offered: Sequence[Button]) -> str:
    """The payload of an offered button named by its number or title; "" for anything else.

    The number is the one a page without buttons shows, where links and telephone numbers are counted along.
    """
    if len(text) > _LONGEST_CHOICE or not offered:
        return ""
    if found := _NUMBER.fullmatch(folded):
        place = int(found["digit"] or _NUMBER_WORDS[found["word"]]) - 1
        chosen = [offered[place]] if 0 <= place < len(offered) else []
    else:
        chosen = [button for button in offered if fold(button.title) == folded][:1]
    return next((button.value for button in chosen if button.kind is ButtonKind.SAY), "")


def may_choose(folded: str, button: Button) -> bool:
    """Whether these words could choose the button at all, whatever stands above them."""
    return folded == fold(button.title) or _NUMBER.fullmatch(folded) is not None


def decide_command(unit: UnitFacts, thread: ThreadFacts) -> Decision | None:
    """The decision for a chosen payload; None when it is no payload of ours and has to be understood as words."""
    command = command_of(thread)
    chosen = _PROCEDURE_PAYLOAD.fullmatch(command)
    procedure = unit.catalogue.procedure(chosen[1]) if chosen else None
    if procedure:
        return procedure_decision(unit, procedure)
    if form := catalogue().form(_form_code(command, thread)):
        return form_decision(unit, form)
    answer = _COMMANDS.get(command)
    words = thread.folded
    if answer is None and not command and words in RIGHTS_WORDS:
        answer = _my_data
    if answer is None and not command and words in ERASE_WORDS:
        answer = _ask_before_erasing
    if answer is None and not command and words.isdecimal() and len(words) == 1:
        return welcome(unit) if thread.is_new else to_officer(unit, "other")  # the number of nothing that was offered
    return answer(unit) if answer else None


def _my_data(unit: UnitFacts) -> Decision:
    """What works at once, and an officer for the rest (law 91/2025/QH15, clock `data.first_reply`)."""
    reply = PlannedReply(texts.said(texts.MY_DATA, unit), (texts.ERASE_BUTTON,))
    return Decision((reply,), waits_for_officer=True, kind="contact")


def _ask_before_erasing(unit: UnitFacts) -> Decision:
    """What goes, and the button; `erasing.leave_out_erased` does it when it is pressed."""
    reply = PlannedReply(texts.said(texts.ERASE_ASK, unit), (texts.ERASE_BUTTON, texts.KEEP_BUTTON))
    return Decision((reply,), kind="contact", band="answer")


def _erased_by_officer(unit: UnitFacts) -> Decision:
    """The button was pressed and nothing could be erased: it was never offered, or the law keeps the chat."""
    return Decision((PlannedReply(texts.said(texts.ERASED_BY_OFFICER, unit)),), waits_for_officer=True, kind="contact")


def _form_code(command: str, thread: ThreadFacts) -> str:
    """Code of the form whose button was tapped or that was asked for by name; "" for anything else."""
    chosen = _FORM_PAYLOAD.fullmatch(command)
    return chosen[1] if chosen else form_asked(thread.folded)


def _ask(template: str, buttons: tuple[Button, ...] = ()) -> Callable[[UnitFacts], Decision]:
    return lambda unit: Decision((PlannedReply(texts.said(template, unit), buttons),), kind="procedure", band="offer")


_COMMANDS: dict[str, Callable[[UnitFacts], Decision]] = {
    texts.PERSON: lambda unit: to_officer(unit, "contact"),
    texts.OTHER: _ask(texts.ASK_AGAIN, (texts.PERSON_BUTTON,)),
    texts.MENU: welcome,
    texts.PROCEDURES: _ask(texts.ASK_PROCEDURE),
    texts.REPORT: _ask(texts.ASK_REPORT),
    texts.ERASE: _erased_by_officer,
    texts.KEEP: lambda unit: Decision(
        (PlannedReply(texts.said(texts.NOT_ERASED, unit)),), kind="contact", band="answer"
    ),
    texts.NUMBERS: lambda unit: Decision((PlannedReply(texts.numbers_text(unit)),), kind="contact", band="answer"),
}
