"""What `binhyen doctor` says about one thing it looked at."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at."""

    about: str
    state: Literal["ok", "warning", "wrong"]
    found: str
    mend: str = ""
