"""First start of a demo: database, keys, seed data and the demo officer; run as a process of its own."""

import json

from binhyen import __version__
from binhyen.cli.demo import DEMO_PASSWORD, DEMO_TOTP_SECRET, facts_file
from binhyen.cli.django_setup import bring_up_to_date
from binhyen.cli.init import make_secret_key
from binhyen.core.configuration import configuration


def prepare() -> None:
    """Make everything the demo needs and write down, last and at once, what later starts have to know."""
    make_secret_key(configuration().data_dir)
    configuration.cache_clear()
    bring_up_to_date()
    from binhyen.channels.models import Application
    from binhyen.units.demo_officer import set_up_demo_officer
    from binhyen.vault.keyring import create_keyring
    from binhyen.workflows.demo_procedures import seed_demo_procedures
    from binhyen.workflows.seeding import DEMO_APPLICATION, demo_pages, seed_demo
    from binhyen.workflows.seeding_cases import seed_cases
    from binhyen.workflows.seeding_figures import seed_figures
    from binhyen.workflows.seeding_threads import seed_threads
    from binhyen.workflows.seeding_tree import seed_tree

    create_keyring()
    units = seed_demo()
    seed_demo_procedures(units[0])
    seed_cases(units[0])
    seed_threads()
    seed_tree(units)
    seed_figures(units)
    set_up_demo_officer("demo", DEMO_PASSWORD, DEMO_TOTP_SECRET)
    facts = {
        "version": __version__,
        "database": configuration().database,
        "webhook": f"/hooks/zalo_oa/{Application.objects.get(connector='zalo_oa').public_id}",
        "application": DEMO_APPLICATION,
        "pages": demo_pages(),
    }
    target = facts_file(configuration().data_dir)
    unfinished = target.with_suffix(".new")
    unfinished.touch(mode=0o600)
    unfinished.write_text(json.dumps(facts, ensure_ascii=False), encoding="utf8")
    unfinished.replace(target)


if __name__ == "__main__":
    prepare()
