"""The demo shows an own version and a change that waits."""

import pytest

from binhyen.procedures.effective import forget_catalogues, read_catalogue_of
from binhyen.procedures.models import ProcedureVersion
from binhyen.vault.keyring import create_keyring
from binhyen.workflows.demo_procedures import seed_demo_procedures
from binhyen.workflows.seeding import seed_demo


@pytest.mark.django_db
def test_one_counts_and_one_waits_however_often_the_demo_starts():
    create_keyring()
    unit = seed_demo()[0]
    for _ in range(2):
        seed_demo_procedures(unit)
    forget_catalogues()
    assert sorted(ProcedureVersion.objects.values_list("state", flat=True)) == ["approved", "waiting"]
    told = read_catalogue_of(unit.pk).procedure("thong-bao-luu-tru")
    assert "Nhà văn hóa thôn 4" in told.place
    assert told.own_aliases == ("giấy báo khách ngủ lại",)
