"""Words that stand in documents, as far as telling a marked paper needs them (G63); scans have none."""

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from binhyen.vault.documents import docx_lines
from binhyen.vault.media_types import DOC, DOCX, PDF

PDF_LIMIT_S = 15.0
_GAP = re.compile(r"[ \u00a0]{3,}|[\t\x07\x0b\x0c]")
"""What stands side by side, such as the two halves of a paper's head or cells of a table, are lines of their own."""
_LAST_WORDS = (
    *("MẬT", "mật", "MA\u0323\u0302T", "ma\u0323\u0302t", "MÂ\u0323T", "mâ\u0323t"),
    *("MAT", "MËT", "mËt", "MAÄT", "maät"),
)
"""Composed, decomposed, as code page 1258 has it; without marks, and as the fonts of TCVN3 and VNI are stored."""
_LINE_END = re.compile("[\x00-\x1f\ufffd]")
_NEAR_BYTES = 96
_MOST_PIECES = 2_000


def words_of_document(content_type: str, content: bytes) -> str:
    """Lines of a document that `recognise` accepted: all of Word, a PDF's first page, of old Word what may be marks.

    "" for other types, for scans, and for what cannot be read within the limits.
    """
    read = _READERS.get(content_type)
    return _GAP.sub("\n", read(content)) if read else ""


def _pdf_first_page(content: bytes) -> str:
    """In a process of its own: a reader written in Python can be kept busy for hours by a file made for it."""
    program = Path(__file__).with_name("first_page.py")
    try:
        read = subprocess.run(  # noqa: S603 - our own program; the file goes in as bytes, never as an argument
            [sys.executable, "-I", program], input=content, capture_output=True, timeout=PDF_LIMIT_S, check=True
        )
    except (subprocess.SubprocessError, OSError):
        return ""
    return read.stdout.decode("utf8", "replace")


def _doc_near_degrees(content: bytes) -> str:
    """Lines with the words that degrees of secrecy end in, in the codings that old Word files have.

    Where Word keeps which piece of text is not followed: a heading is far shorter than a sector of the file.
    """
    codings = ("utf-16-le", "cp1258")
    return "\n".join(line for coding in codings for word in _LAST_WORDS for line in _lines_with(word, coding, content))


def _lines_with(word: str, coding: str, content: bytes) -> list[str]:
    try:
        sought = word.encode(coding)
    except UnicodeEncodeError:
        return []
    found: list[str] = []
    at = content.find(sought)
    while at >= 0 and len(found) < _MOST_PIECES:
        found.append(_line_around(content, at, len(sought), coding))
        at = content.find(sought, at + len(sought))
    return found


def _line_around(content: bytes, at: int, length: int, coding: str) -> str:
    """The line a word stands in; one that is cut shows a letter at the cut, so that it is no heading."""
    before = content[max(0, at - _NEAR_BYTES) : at].decode(coding, "replace")
    after = content[at : at + length + _NEAR_BYTES].decode(coding, "replace")
    return _LINE_END.split(f"x{before}")[-1] + _LINE_END.split(f"{after}x")[0]


_READERS: dict[str, Callable[[bytes], str]] = {PDF: _pdf_first_page, DOC: _doc_near_degrees, DOCX: docx_lines}
