"""Pages under ASGI: the whole chain in one kept thread, with files streamed, errors answered and hang-ups forgotten."""

import asyncio
import threading

from django.core.signals import request_finished, request_started
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.test import override_settings
from django.urls import path

from binhyen.core.page_handler import PageHandler


def where(request):
    return HttpResponse(f"{threading.current_thread().name} {request.POST.get('word', '')}")


def broken(_request):
    raise ValueError("nobody reads this")


def a_file(_request):
    return FileResponse(iter([b"one ", b"two"]), content_type="text/plain")


made = []


def many(_request):
    return StreamingHttpResponse(made.append(number) or b"x" for number in range(3))


urlpatterns = [path("many/", many), path("where/", where), path("broken/", broken), path("file/", a_file)]
handler500 = "binhyen.core.tests.test_page_handler.calm"


def calm(_request):
    return HttpResponse("calm", status=500)


def ask(address: str, body: bytes = b"", messages=None, hear=None):
    """Status, body and headers of one request through the handler; `hear` is called with each message sent."""
    sent = []
    scope = {
        "type": "http",
        "method": "POST" if body else "GET",
        "path": address,
        "query_string": b"",
        "headers": [(b"content-type", b"application/x-www-form-urlencoded"), (b"host", b"localhost")],
    }
    waiting = list(messages or [{"type": "http.request", "body": body}])

    async def receive():
        return waiting.pop(0)

    async def send(message):
        sent.append(message)
        if hear:
            hear(message)

    with override_settings(ROOT_URLCONF=__name__, MIDDLEWARE=["binhyen.core.page_headers.page_headers"]):
        asyncio.run(PageHandler()(scope, receive, send))
    if not sent:
        return None
    return sent[0]["status"], b"".join(part.get("body", b"") for part in sent[1:]), dict(sent[0]["headers"])


def test_a_form_is_answered_in_a_thread_of_the_pool():
    status, body, headers = ask("/where/", "word=chào".encode())
    assert status == 200
    assert body.startswith(b"pages")
    assert body.endswith("chào".encode())
    assert b"Content-Security-Policy" in headers


def test_a_fault_is_answered_calmly(caplog):
    caplog.set_level("CRITICAL")
    assert ask("/broken/")[:2] == (500, b"calm")


def test_a_file_is_streamed_and_closed():
    heard = []

    def hear(sender, **_):
        heard.append(sender)

    request_finished.connect(hear)
    request_started.connect(hear)
    try:
        assert ask("/file/")[:2] == (200, b"one two")
    finally:
        request_finished.disconnect(hear)
        request_started.disconnect(hear)
    assert len(heard) == 2


def test_a_long_stream_is_made_piece_by_piece_as_it_is_sent():
    made.clear()
    sizes_at_send = []
    ask("/many/", hear=lambda message: message.get("body") and sizes_at_send.append(len(made)))
    assert sizes_at_send == [1, 2, 3], "each piece is sent before the next one is made"


def test_who_hangs_up_while_sending_is_answered_by_nobody():
    cut = [{"type": "http.request", "body": b"word=", "more_body": True}, {"type": "http.disconnect"}]
    assert ask("/where/", b"x", cut) is None
