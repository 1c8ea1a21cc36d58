"""The report as a tagged PDF."""

from dataclasses import asdict
from typing import Any

from binhyen.printing.typesetting import typeset
from binhyen.reviews.charts import chart_svg
from binhyen.reviews.report import Report


def report_pdf(report: Report) -> bytes:
    """PDF/UA-1, A4. Raises RuntimeError as `typeset`."""
    data: dict[str, Any] = asdict(report)
    for shown, section in zip(data["sections"], report.sections, strict=True):
        shown["charts"] = [
            {"title": chart.title, "finding": chart.finding, "svg": chart_svg(chart)} for chart in section.charts
        ]
    return typeset("binhyen.reviews", "report", data)
