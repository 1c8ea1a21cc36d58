"""The virus scanner, if one is set: clamd over its socket (INSTREAM). What cannot be asked never passes (G51)."""

import socket
import struct
from urllib.parse import urlsplit

from binhyen.core.configuration import configuration
from binhyen.core.errors import NotPossible, TryAgain

CONNECT_LIMIT_S = 3.0
ANSWER_LIMIT_S = 60.0
_PIECE_BYTES = 64 * 1024
_LONGEST_ANSWER_BYTES = 4_096
_TRY_AGAIN_AFTER_S = 60


def check_clean(content: bytes) -> None:
    """Let a file pass, or not. Without a scanner in the settings everything passes.

    Raises NotPossible("media_infected"); TryAgain("scanner_away") when there is no clear answer.
    """
    address = configuration().scanner_url
    if not address:
        return
    answer = _ask(address, b"zINSTREAM\0" + b"".join(_pieces(content)))
    if answer == b"stream: OK":
        return
    if answer.endswith(b" FOUND"):
        raise NotPossible("media_infected")
    raise TryAgain("scanner_away", _TRY_AGAIN_AFTER_S)


def scanner_answers() -> bool:
    """Whether the scanner answers a ping. Call it only when one is set."""
    try:
        return _ask(configuration().scanner_url, b"zPING\0") == b"PONG"
    except TryAgain:
        return False


def _pieces(content: bytes) -> list[bytes]:
    parts = [content[at : at + _PIECE_BYTES] for at in range(0, len(content), _PIECE_BYTES)]
    return [struct.pack(">I", len(part)) + part for part in parts] + [bytes(4)]


def _ask(address: str, question: bytes) -> bytes:
    try:
        with _connected(address) as asked:
            asked.settimeout(ANSWER_LIMIT_S)
            asked.sendall(question)
            answer = b""
            while b"\0" not in answer and len(answer) < _LONGEST_ANSWER_BYTES:
                part = asked.recv(_LONGEST_ANSWER_BYTES)
                if not part:
                    break
                answer += part
    except OSError:
        raise TryAgain("scanner_away", _TRY_AGAIN_AFTER_S) from None
    return answer.partition(b"\0")[0].strip()


def _connected(address: str) -> socket.socket:
    parts = urlsplit(address)
    if parts.scheme == "unix":
        found = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        found.settimeout(CONNECT_LIMIT_S)
        try:
            found.connect(parts.path)
        except OSError:
            found.close()
            raise
        return found
    return socket.create_connection((parts.hostname or "", parts.port or 3310), CONNECT_LIMIT_S)
