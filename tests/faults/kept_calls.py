"""The bodies an installation keeps for its workers, whichever engine keeps them."""

from bench.installation import Installation

from binhyen.jobs.jetstream import JetStreamQueue


def kept_calls(installation: Installation) -> list[bytes]:
    """Body of every accepted call that nobody worked yet."""
    if not installation.nats_url:
        return installation.stored_bodies()
    queue = JetStreamQueue(installation.nats_url, "intake")
    found: list[bytes] = []
    first = 1

    async def page() -> list[tuple[int, bytes]]:
        kept = await queue.stream.after("BINHYEN-INTAKE", first, "binhyen.intake.key.*", 1_000)
        return [(one.sequence, one.body) for one in kept]

    try:
        while rows := queue.stream.run(page):
            found += [body for _, body in rows if body]
            first = rows[-1][0] + 1
    finally:
        queue.close()
    return found
