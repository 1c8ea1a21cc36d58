"""The charts of a review as pictures that stand alone: the same columns as on the page of figures."""

from binhyen.reviews.figures import Chart
from binhyen.statistics.time_chart import Column, column_chart

_LOOK = (
    ".chart-bar{fill:#0b4f9e}.chart-hidden{fill:#fff;stroke:#5b6573;stroke-dasharray:3 2}.chart-hatch{fill:#5b6573}"
    ".chart-value,.chart-label{fill:#14213a;font-size:13px;font-family:'Noto Sans'}"
)


def chart_svg(chart: Chart) -> str:
    """SVG with its own look, for paper."""
    columns = [Column(label, value) for label, value in zip(chart.labels, chart.values, strict=True)]
    drawn = str(column_chart(chart.title, chart.finding, columns))
    return drawn.replace('<svg class="chart"', '<svg xmlns="http://www.w3.org/2000/svg"', 1).replace(
        "<defs>", f"<style>{_LOOK}</style><defs>", 1
    )
