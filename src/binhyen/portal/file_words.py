"""Why a file was not taken, in words that say what to do."""

from collections import Counter
from collections.abc import Mapping

from django.utils.translation import gettext as _

from binhyen.core.errors import NotPossible
from binhyen.language.publication import file_name_has_secret_mark
from binhyen.portal.units_here import UnitHere
from binhyen.portal.wording import filled


def check_file_name(name: str | None, number: int = 0) -> None:
    """A paper marked as a state secret is not taken at all; nothing of it is stored (G63).

    Raises NotPossible("file_state_secret"), with `number` of the file when it is given.
    """
    if file_name_has_secret_mark(name or ""):
        raise NotPossible("file_state_secret", **({"number": number} if number else {}))


def secret_text() -> str:
    """Words that are headed like a paper marked secret are not taken (G63)."""
    return _(
        "A line says nothing but a degree of secrecy, as papers marked secret do. Do not send such papers by internet: "
        "tell it in your own words, or take the paper to the office yourself."
    )


def left_out_words(left_out: Mapping[str, int], unit: UnitHere) -> list[str]:
    """What became of files of the chat that did not come along, and what to do; a sentence or two for each reason."""
    number = unit.duty_phone or "113"
    known = {
        "file_state_secret": _(
            "$n files are marked as secret. They were not taken along, and the chat here keeps none of them. Papers of "
            "the state with a degree of secrecy never go by internet: bring the paper to the office, or call $number; "
            "an officer tells you the way for it. Delete it in Zalo as well."
        ),
        "files_many": _("$n files did not fit. When you have your code, add them there."),
        "coming": _("$n files are still on their way from Zalo. They join by themselves."),
    }
    other = _(
        "$n files cannot be read and did not come along. Send them again here or with your code, or call $number."
    )
    counts = Counter[str]()
    for code, n in left_out.items():
        counts[known.get(code, other)] += n
    return [filled(words, unit, n=n, number=number) for words, n in counts.items()]


def refused_file(refused: NotPossible, number: int, left: int, unit: UnitHere) -> str:
    """One sentence; files before `number` were kept, `left` after it were not looked at."""
    words = {
        "files_many": _("At most $limit files fit. More can be added later with your code."),
        "media_too_large": _("File $number is larger than $limit_mb MB. Choose a smaller one or a part of it."),
        "media_swells": _(
            "File $number grows beyond $limit_mb MB when it is opened. Send pictures or a PDF of it instead."
        ),
        "media_empty": _("File $number is empty. Choose it again."),
        "media_cut": _(
            "File $number broke off on the way: its end is missing. Your report is kept; send the file again."
        ),
        "file_state_secret": _(
            "File $number is marked as secret, so it was not stored. Do not send such papers by internet; take it to "
            "the office yourself."
        ),
        "media_active": _("File $number holds a program and is not taken. Send a picture of it instead."),
        "picture_too_large": _("Picture $number is too large. Take a screenshot of it and send that."),
    }.get(refused.code, _("File $number cannot be read. Send pictures, video, sound, PDF or Word."))
    sentences = [
        filled(words, unit, **{"number": number, **refused.facts}),
        _("Choose the files after it again.") if left else "",
        filled(_("Does it not work? Call $n."), unit, n=unit.duty_phone or "113"),
    ]
    return " ".join(sentence for sentence in sentences if sentence)
