"""Rows for tests of a running console: `python -m tests.flows.console_rows officer` or `arrive TEXT`.

Runs in the environment of an installation, so that the rows come from another process than the web server.
"""

import sys


def main(arguments: list[str]) -> str:
    """Do one thing; what the caller wants to know of it."""
    import django

    django.setup()
    from binhyen.channels.models import Account
    from binhyen.inbox.tests.factories import make_conversation, make_officer
    from binhyen.units.models import Unit

    match arguments:
        case ["officer", username]:
            return make_officer(Unit.objects.get(), username).public_id
        case ["arrive", text]:
            return make_conversation(Account.objects.get(connector="zalo_oa"), text).public_id
    raise SystemExit(2)


if __name__ == "__main__":
    sys.stdout.write(main(sys.argv[1:]))
