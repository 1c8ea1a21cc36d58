"""Takes secrets, ids of people and what they wrote out of text meant for a log (G42, G13)."""

import re

from binhyen.core.logs import scrub

_MAC = re.compile(r"(?i)(mac=)[0-9a-f]{8,}")
_LONG_ID = re.compile(r"(?<![\w-])\d{12,}(?![\w-])")
_PHONE = re.compile(r"(?<!\w)(?:\+?84|0)\d{8,10}(?!\w)")
_WORDS = re.compile(r"""(?xs) (["'] (?:text|name|display_name|description|phone|url|user_address|note) ["'] \s* : \s*)
                              (?: "(?:[^"\\]|\\.)*" | '(?:[^'\\]|\\.)*' )""")
_TOKEN = re.compile(r"(?<![\w-])[A-Za-z0-9_-]{40,}(?![\w-])")


def redact(log: str) -> str:
    """The text with three dots in place of tokens, ids, telephone numbers and message contents."""
    for pattern, kept in ((_WORDS, r'\1"..."'), (_MAC, r"\1..."), (_TOKEN, "..."), (_LONG_ID, "..."), (_PHONE, "...")):
        log = pattern.sub(kept, log)
    return scrub(log)
