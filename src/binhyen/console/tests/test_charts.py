"""Charts fit every screen: bars in shares of its width, as many tiles a row as it holds."""

import re

from binhyen.console.charts import Bar, bar_chart, tile_grid

BARS = [Bar("Thôn 1", 40.0), Bar("Thôn <2>", None), Bar("Thôn 3", 130.0)]


def test_bars_are_shares_of_the_width():
    drawn = bar_chart("Hộ", "Hai phần ba.", BARS)
    assert re.findall(r'width="([^"]+)" height="16" class="chart-bar"', drawn) == ["40.0%", "0.0%", "100.0%"]
    assert re.findall(r'class="chart-value">([^<]+)<', drawn) == ["40,0%", "–", "130,0%"]
    assert "viewBox" not in drawn
    assert "Thôn &lt;2&gt;" in drawn


def test_bars_of_nothing_are_an_empty_chart():
    assert 'height="0"' in bar_chart("Hộ", "Chưa có.", [])


def test_every_tile_stands_alone_and_is_named():
    drawn = tile_grid("Hộ", "Hai phần ba.", BARS)
    assert drawn.count("<svg") == len(BARS)
    assert 'role="img" aria-label="Hộ. Hai phần ba."' in drawn
    assert re.findall(r"step-(\d)", drawn) == ["3", "0", "5"]


def test_tiles_that_lead_somewhere_are_links_with_their_figure():
    drawn = tile_grid("Hộ", "Một.", [Bar("Thôn 1", 40.0, "/x/")])
    assert 'role="group"' in drawn
    assert '<a href="/x/" aria-label="Thôn 1: 40,0%">' in drawn
