"""From a genuine call to the job that keeps it."""

import hashlib

from binhyen.channels.connector import Genuine
from binhyen.hooks.addresses import Page
from binhyen.jobs.contract import NewJob

MOST_KEY_LETTERS = 128
"""What the column of keys and lanes holds."""


def job_of(page: Page, connector: str, genuine: Genuine, body: bytes) -> NewJob:
    """The intake job of one call, keyed and laned within its page."""
    return NewJob(
        queue="intake",
        kind=f"call.{connector}",
        body=body,
        key=within(page, genuine.key),
        lane=within(page, genuine.lane),
        unit_key=page.unit_key,
    )


def within(page: Page, name: str) -> str:
    """`name` prefixed with the page's public id; hashed when it is long or holds what a database refuses."""
    if len(page.public_id) + 1 + len(name) > MOST_KEY_LETTERS or not (name.isascii() and name.isprintable()):
        name = hashlib.sha256(name.encode("utf8", "surrogatepass")).hexdigest()
    return f"{page.public_id}:{name}"
