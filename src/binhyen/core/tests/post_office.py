"""A mail server of one process over a real socket, for tests."""

import email.message
import email.policy
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_ANSWERS = {b"DATA": b"354 go on", b"QUIT": b"221 bye"}


class _Conversation(socketserver.StreamRequestHandler):
    """As much of SMTP as one mail needs; an address at `refused.test` is not taken."""

    def handle(self) -> None:
        office: PostOffice = self.server
        self.wfile.write(b"220 mail.test\r\n")
        while command := self.rfile.readline().strip():
            word = command[:4].upper()
            office.commands.append(word.decode())
            refused = b"550 unknown" if b"@refused.test" in command else None
            answer = refused or office.answers.get(word.decode()) or _ANSWERS.get(word, b"250 well")
            self.wfile.write(answer + b"\r\n")
            if command.upper() == b"DATA":
                lines = list(iter(self.rfile.readline, b".\r\n"))
                office.letters.append(email.message_from_bytes(b"".join(lines), policy=email.policy.default))
                self.wfile.write(b"250 taken\r\n")


class PostOffice(socketserver.ThreadingTCPServer):
    """What arrived in `letters` and `commands`; `answers` replaces the answer to a command's first four letters."""

    daemon_threads = True
    letters: list[email.message.EmailMessage]
    commands: list[str]
    answers: dict[str, bytes]

    @property
    def port(self) -> int:
        return int(self.server_address[1])


@contextmanager
def open_post_office(**answers: bytes) -> Iterator[PostOffice]:
    """A mail server on a free port of this machine."""
    with PostOffice(("127.0.0.1", 0), _Conversation) as office:
        office.letters, office.commands, office.answers = [], [], answers
        threading.Thread(target=office.serve_forever, daemon=True).start()
        yield office
        office.shutdown()
