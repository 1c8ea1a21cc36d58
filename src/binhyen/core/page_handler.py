"""Django's pages under ASGI in one hop: a request is answered as a whole by one thread of a small pool.

Django's own handler changes between the loop and a new thread at every middleware that is not written for both, and
opens a database connection for each request, because each gets a thread of its own. All our pages are synchronous, so
here the whole chain runs in a thread that is kept, with its connection. Measured for a report with its six forms and a
photo: two thirds of the processor time (docs/adr/0018-pages-in-a-pool-of-threads.md).
"""

import asyncio
import contextvars
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.core import signals
from django.core.exceptions import RequestAborted
from django.core.handlers.asgi import ASGIHandler, ASGIRequest, get_script_prefix
from django.http.response import HttpResponseBase, StreamingHttpResponse
from django.urls import set_script_prefix

THREADS = 24
"""Requests answered at once by one process; further ones wait their turn."""


class PageHandler(ASGIHandler):
    """Answers every HTTP request through the synchronous middleware chain."""

    def __init__(self) -> None:
        """Load the middleware for threads, not for the loop."""
        self.load_middleware(is_async=False)
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="pages")

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Read the request, answer it in a thread, send the answer. Who hangs up midway is answered by nobody."""
        try:
            body_file = await self.read_body(receive)
        except RequestAborted:
            return
        set_script_prefix(get_script_prefix(scope))
        request, refusal = self.create_request(scope, body_file)
        try:
            response: HttpResponseBase | None = refusal
            if request is not None:
                response = await self._in_thread(self._answer, request, scope)
            assert response is not None  # noqa: S101 - a request or its refusal
            await self.send_response(response, send)
            if response.streaming:
                await self._in_thread(response.close)
        finally:
            body_file.close()

    async def send_response(self, response: HttpResponseBase, send: Any) -> None:
        """Piece by piece: Django would hold all pieces of a synchronous stream in memory before the first is sent."""
        if isinstance(response, StreamingHttpResponse) and not response.is_async:
            response.streaming_content = self._pieces(iter(response))
        await super().send_response(response, send)

    async def _pieces(self, pieces: Iterator[bytes]) -> AsyncIterator[bytes]:
        while (piece := await self._in_thread(next, pieces, None)) is not None:
            yield piece

    async def _in_thread(self, work: Any, *arguments: Any) -> Any:
        """Run in the pool, with this request's language and address prefix."""
        context = contextvars.copy_context()
        return await asyncio.get_running_loop().run_in_executor(self._threads, context.run, work, *arguments)

    def _answer(self, request: ASGIRequest, scope: Any) -> HttpResponseBase:
        """The finished response; what hangs on the end of a request (old connections) is done in the same thread."""
        signals.request_started.send(sender=self.__class__, scope=scope)
        response = self.get_response(request)
        response._handler_class = self.__class__  # type: ignore[attr-defined]
        if response.streaming:
            response.block_size = self.chunk_size  # type: ignore[attr-defined]
        else:
            response.close()
        return response
