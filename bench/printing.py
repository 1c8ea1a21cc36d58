"""163 different filled forms as PDF one after another, the sheets, the booklet; what memory they take."""

import os
import time
from typing import Any

from bench.measure import percentile_ms, rss_mb
from binhyen.cli.django_setup import start_django

FILES = 163
"""A page team of a province prints a batch of this size (target: 30 s on one core)."""
POSTERS = 975
"""Hamlets of a province: one poster each."""
ADDRESS = "https://binhyen.example.vn/thach-ha/thu-tuc/dang-ky-thuong-tru/"


def run() -> dict[str, Any]:
    """Figures: pdfs, total_s (wall clock of one process), total_cpu_s (what one core works for it), p50_ms,
    p99_ms, docx_p50_ms, booklet_s, largest_bytes,
    rss_before_mb (nothing printed yet), rss_mb, posters, posters_s, posters_cpu_s.
    """
    os.environ["DJANGO_SETTINGS_MODULE"] = "binhyen.settings_test"  # no database is touched
    start_django()
    from binhyen.procedures.catalogue import FormTemplate
    from binhyen.procedures.printing.forms_docx import form_docx
    from binhyen.procedures.printing.forms_pdf import form_pdf
    from binhyen.procedures.printing.sheets import booklet
    from binhyen.procedures.queries import catalogue

    forms = [form for form in catalogue().forms if form.fields]
    before_mb, began_cpu = rss_mb(os.getpid()), time.process_time()
    pdfs_s, sizes, docx_s = [], [], []
    for number in range(FILES):
        form: FormTemplate = forms[number % len(forms)]
        began = time.perf_counter()
        sizes.append(len(form_pdf(form, _values(form, number), f"{ADDRESS}?n={number}")))
        pdfs_s.append(time.perf_counter() - began)
    after_mb, cpu_s = rss_mb(os.getpid()), time.process_time() - began_cpu
    for number, form in enumerate(forms):
        began = time.perf_counter()
        form_docx(form, _values(form, number), ADDRESS)
        docx_s.append(time.perf_counter() - began)
    began = time.perf_counter()
    book = booklet(catalogue(), "Công an xã Thạch Hà", lambda procedure: f"{ADDRESS}{procedure.id}")
    return {
        "pdfs": FILES,
        "total_s": round(sum(pdfs_s), 2),
        "total_cpu_s": round(cpu_s, 2),
        "p50_ms": percentile_ms(pdfs_s, 0.5),
        "p99_ms": percentile_ms(pdfs_s, 0.99),
        "docx_p50_ms": percentile_ms(docx_s, 0.5),
        "booklet_s": round(time.perf_counter() - began, 2),
        "largest_bytes": max(*sizes, len(book)),
        "rss_before_mb": before_mb,
        "rss_mb": after_mb,
        **_posters(),
    }


def _posters() -> dict[str, Any]:
    """975 posters of different places in one file, each code made and read back (target: 60 s on one core)."""
    from datetime import date

    from binhyen.printing.papers import PACKAGE, Order, Paper, Target, UnitFacts, template_data, template_of
    from binhyen.printing.scanning import check_codes, check_sheet
    from binhyen.printing.typesetting import typeset

    unit = UnitFacts("Công an xã Thạch Hà", "Công an xã", "xã Thạch Hà, tỉnh Hà Tĩnh", duty_phone="02393000000")
    targets = tuple(
        Target(f"Thôn {number}", f"https://binhyen.example.vn/n/TB{number:04d}", f"TB{number:04d}")
        for number in range(POSTERS)
    )
    order = Order(Paper.POSTER_A4, unit, targets, "P-2026-001", date(2026, 11, 28))
    began, began_cpu = time.perf_counter(), time.process_time()
    check_sheet(order)
    check_codes(targets)
    typeset(PACKAGE, template_of(order.paper), template_data(order, targets))
    return {
        "posters": POSTERS,
        "posters_s": round(time.perf_counter() - began, 2),
        "posters_cpu_s": round(time.process_time() - began_cpu, 2),
    }


def _values(form: Any, number: int) -> dict[str, object]:
    """Different answers for every file in every field that takes words or digits."""
    words = f"Nguyễn Thị Hằng Ưởng {number}, thôn Dương Huế"
    by_type: dict[str, object] = {
        "text": words,
        "address": f"{words}, xã Tây Hồ, thành phố Đà Nẵng",
        "textarea": f"{words}. " * 4,
        "date": "24/11/2026",
        "id12": f"{49188000000 + number:012d}",
        "phone": f"09{12345000 + number}",
        "group": [words, f"{number}"],
        "table": [[words, f"{number}"]] * 3,
    }
    return {field.name: by_type[field.type] for field in form.fields if field.type in by_type}


if __name__ == "__main__":
    for name, figure in run().items():
        print(f"{name}: {figure}")
