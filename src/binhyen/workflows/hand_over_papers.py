"""The draft of a hand-over record as a document that an office can complete."""

import io

from binhyen.lost_found.papers import HandOverPaper
from binhyen.procedures.printing.word import Paper


def hand_over_docx(words: HandOverPaper) -> bytes:
    """The same words as the PDF, as DOCX."""
    paper = Paper(title=words.title, footer=words.note)
    left, right = paper.grid([6.4, 10.5])
    paper.write(left.add_paragraph(), words.unit.upper(), align="center", bold=True, size_pt=12)
    paper.write(right.add_paragraph(), "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", align="center", bold=True, size_pt=12)
    paper.write(right.add_paragraph(), "Độc lập - Tự do - Hạnh phúc", align="center", bold=True, underline=True)
    paper.without_first_paragraphs(left, right)
    paper.heading(words.title)
    paper.line(words.note, align="center", italic=True)
    for line in words.lines:
        if line:
            paper.line(line)
        else:
            paper.blank("")
    for cell, who in zip(paper.grid([16.9 / len(words.signers)] * len(words.signers)), words.signers, strict=True):
        paper.write(cell.add_paragraph(), who, align="center", bold=True)
        paper.write(cell.add_paragraph(), "(ký, ghi họ tên)", align="center", italic=True)
    out = io.BytesIO()
    paper.document.save(out)
    return out.getvalue()
