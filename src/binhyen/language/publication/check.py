"""The publication check of one draft: every finding with its place, level and mend. Pure; bounded in time."""

from collections.abc import Iterator

from binhyen.language.publication.findings import LEVELS, MENDS, Finding, Flag, Level, PostKind, Publisher
from binhyen.language.publication.judging import people_findings
from binhyen.language.publication.links import is_allowed, links_in
from binhyen.language.publication.numbers import number_findings
from binhyen.language.publication.requests import requests_in
from binhyen.language.publication.secrets import secret_findings

LONGEST = 20_000
"""Characters of a draft that are looked at; `check_publication` refuses a longer one."""


def check_publication(text: str, kind: PostKind, publisher: Publisher) -> list[Finding]:
    """Findings in order of their place; of the same flag at the same place only the heaviest.

    Raises `ValueError` for a text of more than `LONGEST` characters.
    """
    if len(text) > LONGEST:
        raise ValueError(f"a draft has at most {LONGEST} characters")
    from binhyen.language.publication.meaning import meaning_findings  # numbers and model: not for every web process

    found = list(_rules(text, kind, publisher))
    found += meaning_findings(text, kind, held=any(finding.blocks for finding in found))
    kept: list[Finding] = []
    for finding in sorted(found, key=lambda one: -LEVELS.index(one.level)):
        if not any(_same(finding, other) for other in kept):
            kept.append(finding)
    return sorted(kept, key=lambda one: (one.start, one.end, one.flag))


def _rules(text: str, kind: PostKind, publisher: Publisher) -> Iterator[Finding]:
    yield from number_findings(text, publisher)
    yield from people_findings(text, kind)
    yield from secret_findings(text)
    for start, end in requests_in(text):
        yield Finding(Flag.ASKS_MONEY_OR_CODE, Level.NEVER, start, end, MENDS[Flag.ASKS_MONEY_OR_CODE])
    for start, end in links_in(text):
        if not is_allowed(text[start:end], publisher.links):
            yield Finding(Flag.LINK_NOT_ALLOWED, Level.NEVER, start, end, MENDS[Flag.LINK_NOT_ALLOWED])


def _same(first: Finding, second: Finding) -> bool:
    return first.flag is second.flag and first.start < second.end and second.start < first.end
