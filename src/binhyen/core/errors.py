"""One tree of errors; doors turn them into a page or JSON in one place.

BinhYenError
├── NotPossible   a person asked for something that cannot be done; code and facts choose the text
├── NotAllowed    a person may not see it; shown exactly as "not found" (G39)
├── TryAgain      it will pass; carries the seconds to wait
└── Misconfigured the operator has to mend a setting; the message says which and how
    └── KeysAway  the key ring is missing: nothing can be sealed or opened until it is put back
"""


class BinhYenError(Exception):
    """Root of the errors this product raises on purpose."""


class NotPossible(BinhYenError):
    """What a person did wrong. `code` is a key of the text catalogue, `facts` fill its placeholders."""

    def __init__(self, code: str, **facts: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


class NotAllowed(BinhYenError):
    """The thing does not exist, or this person may not know that it does."""


class TryAgain(BinhYenError):
    """A passing trouble. `after_s` is the number of seconds to wait."""

    def __init__(self, reason: str, after_s: float) -> None:
        super().__init__(reason)
        self.after_s = after_s


class Misconfigured(BinhYenError):
    """A setting is missing or odd; the message names it and how to mend it."""


class KeysAway(Misconfigured):
    """The key ring is missing: nothing can be sealed or opened, so nothing is taken in, until it is put back."""
