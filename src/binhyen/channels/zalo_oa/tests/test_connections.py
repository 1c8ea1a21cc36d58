"""Whether Zalo may have acted, told from how a connection fails; servers of our own on this machine."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from binhyen.channels.zalo_oa import api
from binhyen.channels.zalo_oa.api import Answer, Deadline, Lost, NotSent, Reply, call

OK = b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 11\r\n\r\n{"error":0}'


@contextmanager
def served(answer: Callable[[socket.socket], None]) -> Iterator[str]:
    """Address of a server that does this with every connection, then closes it."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def accept() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                with connection:
                    answer(connection)

        thread = threading.Thread(target=accept, daemon=True)
        thread.start()
        try:
            yield f"127.0.0.1:{server.getsockname()[1]}"
        finally:
            server.shutdown(socket.SHUT_RDWR)
            thread.join()


def ask(url: str, token: str = "t") -> Reply:
    """One call as the senders make it."""
    return call("POST", url, Deadline(9.0), headers={"access_token": token}, json={"text": "x"})


def drop(_connection: socket.socket) -> None:
    """Close without a word."""


def read_and_drop(connection: socket.socket) -> None:
    """Take the request, close without an answer."""
    connection.recv(65_536)


def read_and_answer(connection: socket.socket) -> None:
    """One answer, then close although the head promised to stay."""
    connection.recv(65_536)
    connection.sendall(OK)


def test_a_broken_greeting_is_not_sent():
    with served(drop) as address:
        reply = ask(f"https://{address}/x")
    assert isinstance(reply, NotSent)
    assert reply.why.startswith("network_")


def test_a_certificate_of_nobody_is_not_sent(tmp_path):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*own_certificate(tmp_path))

    def greet(connection: socket.socket) -> None:
        with pytest.raises(ssl.SSLError), context.wrap_socket(connection, server_side=True) as safe:
            safe.recv(65_536)

    with served(greet) as address:
        assert isinstance(ask(f"https://{address}/x"), NotSent)


def test_a_name_that_does_not_exist_is_not_sent():
    assert isinstance(ask("http://zalo.invalid/x"), NotSent)


def test_no_answer_to_what_was_sent_is_lost():
    with served(read_and_drop) as address:
        assert isinstance(ask(f"http://{address}/x"), Lost)


def test_a_connection_that_was_closed_meanwhile_is_opened_anew():
    closed = threading.Semaphore(0)

    def answer_and_tell(connection: socket.socket) -> None:
        read_and_answer(connection)
        connection.close()
        closed.release()

    with served(answer_and_tell) as address:
        for _ in range(3):
            assert isinstance(ask(f"http://{address}/x"), Answer)
            assert closed.acquire(timeout=5)


def test_an_answer_that_drips_in_ends_with_the_time(monkeypatch):
    monkeypatch.setattr(api, "CALL_LIMIT_S", 1.2)
    stop = threading.Event()

    def drip(connection: socket.socket) -> None:
        connection.recv(65_536)
        connection.sendall(OK.replace(b"11", b"99999"))
        while not stop.wait(0.2):
            try:
                connection.sendall(b" ")
            except OSError:
                return

    with served(drip) as address:
        try:
            assert ask(f"http://{address}/x") == Lost("answer_too_long")
        finally:
            stop.set()


@pytest.mark.parametrize("token", ["a\r\nb: c", "chữ có dấu"])
def test_a_spoilt_token_raises_nothing_and_adds_no_line(token):
    heard: list[bytes] = []

    def note(connection: socket.socket) -> None:
        heard.append(connection.recv(65_536))
        connection.sendall(OK)

    with served(note) as address:
        reply = ask(f"http://{address}/x", token)
    assert isinstance(reply, Answer | NotSent)
    assert all(b"\r\nb: c" not in head for head in heard)


def own_certificate(folder: Path) -> tuple[Path, Path]:
    """Files of a certificate that nobody else signed, and of its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(tz=UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    files = folder / "certificate.pem", folder / "key.pem"
    files[0].write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    files[1].write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return files
