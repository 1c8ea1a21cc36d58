"""Load generator: signed webhook calls over many kept connections, in a process of its own.

`python -m bench.load --port P --path /hooks/... [--connections 64] [--seconds 10] [--most 100000] [--insist]`
prints one JSON object; --out names a file for the numbers of the calls that were answered 200 and their durations.
"""

import argparse
import asyncio
import hashlib
import json
import time
from collections import Counter, deque
from collections.abc import Callable
from pathlib import Path
from typing import cast

APP_ID = "1000000000000000001"
PAGE_ID = "2000000000000000001"
SECRET = "OaSecretKeyForTests01"
PEOPLE = 5_000
AGAIN_AFTER_S = 0.05


def body_of(number: int, timestamp_ms: int) -> bytes:
    """A resident's text message; its number is its message id."""
    return (
        f'{{"app_id":"{APP_ID}","sender":{{"id":"7{number % PEOPLE:018d}"}},'
        f'"user_id_by_app":"8{number % PEOPLE:018d}","recipient":{{"id":"{PAGE_ID}"}},"event_name":"user_send_text",'
        '"message":{"text":"Cho em hỏi đăng ký tạm trú cho người thuê trọ cần giấy tờ gì, làm mấy ngày ạ?",'
        f'"msg_id":"{number:020x}"}},"timestamp":"{timestamp_ms}"}}'
    ).encode()


def request_of(path: str, body: bytes, timestamp_ms: int) -> bytes:
    """The whole signed HTTP request (zalo section 2.2)."""
    mac = hashlib.sha256(APP_ID.encode() + body + str(timestamp_ms).encode() + SECRET.encode()).hexdigest()
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        f"X-ZEvent-Signature: mac={mac}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


class Load:
    """What is to be called and what came of it."""

    def __init__(self, requests: list[bytes], seconds: float, insists: bool, repeats_each: int) -> None:
        self.requests = requests
        self.insists = insists
        self.repeats_each = repeats_each
        self.fresh = iter(range(len(requests)))
        self.again: deque[int] = deque()
        self.answered: list[int] = []
        self.durations_s: list[float] = []
        self.statuses: Counter[int] = Counter()
        self.broken = 0
        self.ends_at = time.perf_counter() + seconds
        self.active = 0

    def next(self) -> int | None:
        """Number of the next call, None when it is enough."""
        if self.insists and self.again:
            return self.again.popleft()
        if time.perf_counter() >= self.ends_at:
            return None
        return next(self.fresh, None)

    def answered_with(self, number: int, status: int, duration_s: float) -> None:
        """Note an answer; every `repeats_each`-th good one is delivered again."""
        self.statuses[status] += 1
        if status == 200:
            self.answered.append(number)
            self.durations_s.append(duration_s)
            if self.repeats_each and len(self.answered) % self.repeats_each == 0:
                self.again.append(number)
        elif self.insists:
            self.again.append(number)


class Caller(asyncio.Protocol):
    """One kept connection: one call after the other."""

    def __init__(self, load: Load, ended: Callable[[int | None], None]) -> None:
        self.load = load
        self.ended = ended
        self.number: int | None = None
        self.heard = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        self.transport = cast("asyncio.Transport", transport)
        self.call()

    def call(self) -> None:
        """Send the next call or hang up."""
        self.number = self.load.next()
        if self.number is None:
            self.transport.close()
            return
        self.called_at = time.perf_counter()
        self.transport.write(self.load.requests[self.number])

    def data_received(self, data: bytes) -> None:
        """Wait for a whole answer, then go on."""
        heard = self.heard + data
        end = heard.find(b"\r\n\r\n")
        if end < 0 or len(heard) < end + 4 + _content_length(heard[:end]):
            self.heard = heard
            return
        self.heard = b""
        number, self.number = self.number, None
        assert number is not None
        self.load.answered_with(number, int(heard[9:12]), time.perf_counter() - self.called_at)
        if heard[9:12] == b"200":
            self.call()
        else:
            asyncio.get_running_loop().call_later(AGAIN_AFTER_S, self.call_if_open)

    def call_if_open(self) -> None:
        """After a refusal: the server may have closed meanwhile."""
        if not self.transport.is_closing():
            self.call()

    def connection_lost(self, _exc: Exception | None) -> None:
        """Hand an unanswered call back."""
        self.ended(self.number)


def _content_length(head: bytes) -> int:
    start = head.lower().find(b"content-length:")
    return int(head[start + 15 :].split(b"\r\n", 1)[0]) if start >= 0 else 0


async def _one_connection(load: Load, port: int, give_up_at: float) -> None:
    loop = asyncio.get_running_loop()
    while time.perf_counter() < give_up_at:
        ended: asyncio.Future[int | None] = loop.create_future()
        try:
            await loop.create_connection(lambda: Caller(load, ended.set_result), "127.0.0.1", port)  # noqa: B023
        except OSError:
            await asyncio.sleep(AGAIN_AFTER_S)
            continue
        unanswered = await ended
        if unanswered is None and not (load.insists and load.again) and time.perf_counter() >= load.ends_at:
            return
        if unanswered is not None:
            load.broken += 1
            if load.insists:
                load.again.append(unanswered)
        elif not load.insists or not load.again:
            return


async def _run(load: Load, port: int, connections: int) -> float:
    started_at = time.perf_counter()
    give_up_at = load.ends_at + 30
    await asyncio.gather(*(_one_connection(load, port, give_up_at) for _ in range(connections)))
    return time.perf_counter() - started_at


def main() -> None:
    """Prepare the calls, make them, print what came of them."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--path", required=True)
    parser.add_argument("--connections", type=int, default=64)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--most", type=int, default=100_000)
    parser.add_argument("--first", type=int, default=0, help="number of the first call")
    parser.add_argument("--timestamp-ms", type=int, required=True)
    parser.add_argument("--insist", action="store_true", help="repeat a call until it is answered 200")
    parser.add_argument("--repeats-each", type=int, default=0, help="deliver every n-th answered call again")
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    numbers, timestamp_ms = range(given.first, given.first + given.most), given.timestamp_ms
    requests = [request_of(given.path, body_of(number, timestamp_ms), timestamp_ms) for number in numbers]
    load = Load(requests, given.seconds, given.insist, given.repeats_each)
    import uvloop

    elapsed_s = uvloop.run(_run(load, given.port, given.connections))
    if given.out:
        answered = [given.first + number for number in load.answered]
        given.out.write_text(json.dumps({"answered": answered, "durations_s": load.durations_s}), encoding="ascii")
    print(json.dumps({"elapsed_s": elapsed_s, "statuses": load.statuses, "broken": load.broken, **_figures(load)}))


def _figures(load: Load) -> dict[str, float]:
    from bench.measure import percentile_ms

    return {
        "answered": len(load.answered),
        "p50_ms": percentile_ms(load.durations_s, 0.50),
        "p99_ms": percentile_ms(load.durations_s, 0.99),
        "max_ms": percentile_ms(load.durations_s, 1),
    }


if __name__ == "__main__":
    main()
