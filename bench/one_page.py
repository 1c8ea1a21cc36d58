"""Makes the database of the environment ready with one Zalo page; prints its webhook address."""

import os
import sys


def main() -> None:
    """Create tables and what a webhook needs, print the address."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "binhyen.settings"
    import django

    django.setup()
    from bench.load import APP_ID, PAGE_ID, SECRET
    from bench.tables import make_tables
    from binhyen.channels.accounts import sealed_keys
    from binhyen.channels.models import Account, Application
    from binhyen.units.models import Unit, UnitKind
    from binhyen.vault.keyring import create_keyring

    make_tables()
    create_keyring()
    unit = Unit.objects.create(
        kind=UnitKind.COMMUNE_POLICE, name="Công an xã Thạch Bình", short_name="Công an xã", slug="thach-binh"
    )
    application = Application.objects.create(
        connector="zalo_oa", external_id=APP_ID, sealed_keys=sealed_keys({"oa_secret_key": SECRET})
    )
    Account.objects.create(unit=unit, connector="zalo_oa", application=application, external_id=PAGE_ID)
    sys.stdout.write(f"/hooks/zalo_oa/{application.public_id}\n")


if __name__ == "__main__":
    main()
