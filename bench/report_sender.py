"""Load generator: whole reports with one photo each, over HTTP, in a process of its own.

A report is looked at and sent on the page for slow lines, or, with --in-six-forms, on the six small pages. What a page
hides (the draft's token, the sheet) is read from it. Every report comes from an address of its own.

`python -m bench.report_sender --port P --photo FILE --units N [--first 0] [--seconds 8] (--senders 12 | --rate 20)`
prints one JSON object: numbers of the reports that got their receipt, seconds of each whole report, refusals by status.
"""

import argparse
import asyncio
import json
import re
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

BOUNDARY = "----a-report-with-a-photo"
_COOKIE = re.compile(rb"set-cookie: buoc=([\w-]{43})", re.IGNORECASE)
_DRAFT = re.compile(rb'name="draft" value="([^"]+)"')
_SHEET = re.compile(rb'name="sheet" value="([^"]+)"')
_LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)
MARK = "Tin số {} của phép đo"


@dataclass(slots=True)
class Load:
    """What is to be sent and what came of it."""

    port: int
    photo: bytes
    units: int
    in_six_forms: bool = False
    answered: list[int] = field(default_factory=list)
    durations_s: list[float] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)


async def send_report(load: Load, number: int) -> None:
    """One report to its receipt."""
    started = time.perf_counter()
    reader, writer = await asyncio.open_connection("127.0.0.1", load.port)
    connection = Connection(reader, writer, f"/xa-{number % load.units}/g", _address(number))
    try:
        status, answer = await (_in_six_forms if load.in_six_forms else _at_once)(connection, load.photo, number)
    except (OSError, asyncio.IncompleteReadError, LookupError, ValueError):
        load.refused["broken"] += 1
        return
    finally:
        writer.close()
    if status == 200 and b'class="code' in answer:
        load.answered.append(number)
        load.durations_s.append(time.perf_counter() - started)
    else:
        load.refused[str(status)] += 1


async def _at_once(connection: "Connection", photo: bytes, number: int) -> tuple[int, bytes]:
    """The page for slow lines, looked at and sent."""
    _, answer = await connection.get("nhanh")
    fields = {"draft": _found(_DRAFT, answer), "sheet": _found(_SHEET, answer), "topic": "crime"}
    fields |= {"text": MARK.format(number), "place": "sau chợ", "way": "anonymous"}
    return await connection.post("nhanh", *_with_photo(photo, fields))


async def _in_six_forms(connection: "Connection", photo: bytes, number: int) -> tuple[int, bytes]:
    """The small pages, as by a browser that keeps no cookie: each page is the answer to the form before."""
    _, answer = await connection.post("1", *_form({"topic": "crime"}))
    draft = {"draft": _found(_COOKIE, answer)}
    await connection.post("2", *_form(draft | {"text": MARK.format(number)}))
    await connection.post("3", *_form(draft | {"place": "sau chợ", "day": "today"}))
    await connection.post("4", *_with_photo(photo, draft | {"act": "next"}))
    _, answer = await connection.post("5", *_form(draft | {"way": "anonymous"}))
    return await connection.post("6", *_form(draft | {"sheet": _found(_SHEET, answer)}))


@dataclass(slots=True)
class Connection:
    """One kept connection of one person."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    path: str
    address: str

    async def get(self, page: str) -> tuple[int, bytes]:
        """Status and whole answer of a page."""
        return await self._ask(f"GET {self.path}/{page}/ HTTP/1.1\r\n", b"")

    async def post(self, page: str, kind: str, body: bytes) -> tuple[int, bytes]:
        """Status and whole answer to a form."""
        head = f"POST {self.path}/{page}/ HTTP/1.1\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n"
        return await self._ask(head, body)

    async def _ask(self, head: str, body: bytes) -> tuple[int, bytes]:
        head += f"Host: 127.0.0.1\r\nX-Forwarded-For: {self.address}\r\n\r\n"
        self.writer.write(head.encode() + body)
        answer = await self.reader.readuntil(b"\r\n\r\n")
        length = _LENGTH.search(answer)
        content = await self.reader.readexactly(int(length[1])) if length else b""
        return int(answer[9:12]), answer + content


def _form(fields: dict[str, str]) -> tuple[str, bytes]:
    return "application/x-www-form-urlencoded", urlencode(fields).encode()


def _with_photo(photo: bytes, fields: dict[str, str]) -> tuple[str, bytes]:
    part = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{{}}"'
    told = "".join(f"{part.format(name)}\r\n\r\n{value}\r\n" for name, value in fields.items())
    file = f'{part.format("files")}; filename="anh.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'
    body = told.encode() + file.encode() + photo + f"\r\n--{BOUNDARY}--\r\n".encode()
    return f"multipart/form-data; boundary={BOUNDARY}", body


def _found(pattern: re.Pattern[bytes], answer: bytes) -> str:
    found = pattern.search(answer)
    if found is None:
        raise LookupError(pattern.pattern)
    return found[1].decode()


def _address(number: int) -> str:
    return f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"


async def as_many_as_go(load: Load, senders: int, first: int, seconds: float) -> float:
    """Each of `senders` sends one report after the other; the seconds it took."""
    started, numbers = time.perf_counter(), iter(range(first, first + 1_000_000))

    async def one_sender() -> None:
        while time.perf_counter() - started < seconds:
            await send_report(load, next(numbers))

    await asyncio.gather(*(one_sender() for _ in range(senders)))
    return time.perf_counter() - started


async def at_a_rate(load: Load, rate: float, first: int, seconds: float) -> float:
    """A report begins every 1/rate seconds, whether the ones before are done or not; the seconds it took."""
    started = time.perf_counter()
    tasks = []
    for number in range(round(rate * seconds)):
        await asyncio.sleep(max(0.0, started + number / rate - time.perf_counter()))
        tasks.append(asyncio.create_task(send_report(load, first + number)))
    await asyncio.gather(*tasks)
    return time.perf_counter() - started


def main() -> None:
    """Send, and print what came of it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--photo", type=Path, required=True)
    parser.add_argument("--units", type=int, required=True)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=8)
    parser.add_argument("--senders", type=int, default=12)
    parser.add_argument("--rate", type=float, default=0)
    parser.add_argument("--in-six-forms", action="store_true")
    given = parser.parse_args()
    load = Load(given.port, given.photo.read_bytes(), given.units, given.in_six_forms)
    if given.rate:
        work = at_a_rate(load, given.rate, given.first, given.seconds)
    else:
        work = as_many_as_go(load, given.senders, given.first, given.seconds)
    import uvloop

    elapsed_s = uvloop.run(work)
    told = {"elapsed_s": elapsed_s, "answered": load.answered, "durations_s": load.durations_s}
    sys.stdout.write(json.dumps({**told, "refused": load.refused}) + "\n")


if __name__ == "__main__":
    main()
