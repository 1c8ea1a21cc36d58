"""One page for every procedure, and the booklet of them all."""

import unicodedata
from datetime import UTC, datetime
from pathlib import Path

import pytest

from binhyen.core import clock
from binhyen.procedures.catalogue import Procedure
from binhyen.procedures.printing.sheets import booklet, procedure_sheet
from binhyen.procedures.printing.tests.reading import ADDRESS, codes_of, facts_of, fonts_of, pages_of, text_of
from binhyen.procedures.queries import catalogue

UNIT = "Công an xã Thạch Hà"


def procedure(procedure_id: str) -> Procedure:
    found = catalogue().procedure(procedure_id)
    assert found is not None
    return found


@pytest.mark.parametrize("procedure_id", [one.id for one in catalogue().procedures])
def test_every_procedure_fits_on_one_page(procedure_id: str) -> None:
    one = procedure(procedure_id)
    pdf = procedure_sheet(one, UNIT, ADDRESS, catalogue())
    text = text_of(pdf)
    assert pages_of(pdf) == 1
    assert facts_of(pdf)["Tagged"] == "yes"
    assert text == unicodedata.normalize("NFC", text)
    assert UNIT.upper() in text
    assert f"Kiểm tra ngày {one.checked_on:%d/%m/%Y}" in text
    assert "nhớ lại" not in text.lower()
    assert ("chưa đối chiếu với văn bản" in text) == (one.confidence == "memory")


def test_the_sheet_has_its_own_type_and_a_code_that_reads(tmp_path: Path) -> None:
    pdf = procedure_sheet(procedure("dang-ky-thuong-tru"), UNIT, ADDRESS)
    assert fonts_of(pdf) == {"NotoSans": "yes"}
    assert codes_of(pdf, tmp_path) == ADDRESS


def test_what_no_longer_holds_is_said() -> None:
    assert "đã bãi bỏ, không cần làm nữa" in text_of(procedure_sheet(procedure("xac-nhan-so-cmnd-cu"), UNIT, ""))
    ended = next(one for one in catalogue().procedures if "31/12/2026" in one.fee.summary)
    with clock.at(datetime(2026, 12, 31, 16, tzinfo=UTC)):
        assert "đã hết hạn" not in text_of(procedure_sheet(ended, UNIT, ""))
    with clock.at(datetime(2027, 7, 1, tzinfo=UTC)):
        text = text_of(procedure_sheet(ended, UNIT, ""))
    assert "Mức giảm phí nêu ở đây đã hết hạn" in text
    assert "180 ngày" in text


def test_the_booklet_holds_every_procedure_on_one_page(tmp_path: Path) -> None:
    found = catalogue()
    pdf = booklet(found, UNIT, lambda one: f"https://binhyen.example.vn/thach-ha/thu-tuc/{one.id}/")
    text = text_of(pdf)
    assert facts_of(pdf)["Tagged"] == "yes"
    assert len(found.procedures) + 5 <= pages_of(pdf) <= len(found.procedures) + 10
    assert all(" ".join(one.title.split()) in text for one in found.procedures)
    assert all(form.code in text for form in found.forms)
    assert all(old.old.split()[0] in text for old in found.old_names)
    assert codes_of(pdf, tmp_path, page=4).endswith(f"/thu-tuc/{next(iter(found.by_category().values()))[0].id}/")
