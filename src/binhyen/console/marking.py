"""Text with the publication check's findings marked in place."""

from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from binhyen.language.publication import Finding
from binhyen.outreach.rules import changes


def marked(text: str, findings: Sequence[Finding]) -> SafeString:
    """The text, escaped, with each finding inside `<mark>`; overlapping ones are marked once."""
    pieces: list[tuple[str, str]] = []
    at = 0
    for finding in sorted(findings, key=lambda one: one.start):
        start = max(at, finding.start)
        if finding.end <= start:
            continue
        pieces += [("", text[at:start]), (finding.level.value, text[start : finding.end])]
        at = finding.end
    pieces.append(("", text[at:]))
    return format_html_join("", "{}", ((_piece(level, words),) for level, words in pieces))


def _piece(level: str, words: str) -> SafeString | str:
    return format_html('<mark class="finding {}">{}</mark>', level, words) if level else words


def compared(before: str, after: str) -> SafeString:
    """The new text with what was added (`<ins>`) and taken out (`<del>`) since the last version."""
    shapes = {"same": "{}", "added": "<ins>{}</ins>", "gone": "<del>{}</del>"}
    return format_html_join(" ", "{}", ((format_html(shapes[kind], words),) for kind, words in changes(before, after)))
