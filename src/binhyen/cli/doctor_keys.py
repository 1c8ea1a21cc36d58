"""What `binhyen doctor` says about the key ring: does it open, and is it the one that sealed what is stored."""

import stat
from collections.abc import Iterator

from binhyen.cli.doctor_findings import Finding
from binhyen.core.errors import Misconfigured


def key_findings() -> Iterator[Finding]:
    """Whether the ring can be used at all; asks no database."""
    from binhyen.vault.keyring import keyring_file, seal, unseal

    file = keyring_file()
    try:
        unseal("doctor", seal("doctor", b"proof"))
    except Misconfigured as error:
        yield Finding("key ring", "wrong", "does not open", str(error))
        return
    if stat.S_IMODE(file.stat().st_mode) & 0o077:
        yield Finding("key ring", "wrong", f"{file} is readable by others", f"chmod 600 {file}")
    else:
        yield Finding("key ring", "ok", f"{file}; keep a copy apart from the database backup")


def stored_proof_findings() -> Iterator[Finding]:
    """Whether the latest sealed values of the database open: another ring looks as good as the right one otherwise."""
    for prove in (_open_keys_of_an_app, _open_key_of_a_case):
        try:
            prove()
        except Misconfigured as error:
            yield Finding(
                "key ring",
                "wrong",
                "is not the one that sealed what is stored",
                f"Restore the key ring of this database from its own backup; make none anew. {error}",
            )
            return


def _open_keys_of_an_app() -> None:
    from binhyen.channels.accounts import keys_for_application
    from binhyen.channels.models import Application

    application = Application.objects.order_by("-pk").first()
    if application is not None:
        keys_for_application(application)


def _open_key_of_a_case() -> None:
    from binhyen.cases.models import Case
    from binhyen.cases.reports import content_purpose
    from binhyen.vault.content_keys import unwrapped

    sealed = Case.objects.exclude(wrapped_key=b"").order_by("-pk").values_list("unit_id", "wrapped_key").first()
    if sealed is not None:
        unwrapped(content_purpose(sealed[0]), bytes(sealed[1]))
