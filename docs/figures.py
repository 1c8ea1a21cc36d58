"""Write the table of speeds in README.md: `.venv/bin/python docs/figures.py "2 shared cores, nothing else running"`.

Runs every benchmark once, about six minutes; with `--from FOLDER` it reads FOLDER/<name>.json instead.
"""
# ruff: noqa: S603, T201 - a tool for developers that starts our own command line

import argparse
import datetime as dt
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

README = Path(__file__).resolve().parents[1] / "README.md"
BEGIN, END = "<!-- speeds, written by docs/figures.py -->", "<!-- end of speeds -->"
DATABASES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


def figures_of(name: str, folder: Path | None) -> dict[str, Any]:
    """Figures of one benchmark, measured now or read from the folder."""
    if folder:
        text = (folder / f"{name}.json").read_text(encoding="utf8")
    else:
        print(f"bench {name} ...", file=sys.stderr)
        command = [sys.executable, "-m", "binhyen.cli", "bench", name, "--json"]
        text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    figures: dict[str, Any] = json.loads(text)
    return figures


def rows(folder: Path | None) -> list[str]:
    """Lines of the table."""
    hooks, pipeline, send = (figures_of(name, folder) for name in ("hooks", "pipeline", "send"))
    outreach, start = (figures_of(name, folder) for name in ("outreach", "start"))
    lines = [
        f"| webhooks taken in durably, {words} | `bench hooks` | {one['hooks_per_s']:,}/s,"
        f" {one['share_of_ceiling']:.0%} of the bare server; p99 {one['p99_ms']:.0f} ms;"
        f" lost {one['lost']}, doubled {one['duplicated']} | 60 %; 100 ms; 0; 0 |"
        for key, words in DATABASES.items()
        for one in [hooks[key]]
    ]
    lines += [
        f"| messages understood, stored and answered, one worker, {words} | `bench pipeline` |"
        f" {one['messages_per_s']:,}/s, {one['share_of_ceiling']:.0%} of a bare batch insert;"
        f" {one['rss_mb']:.0f} MB | 700/s; 10 % |"
        for key, words in DATABASES.items()
        for one in [pipeline[key]]
    ]
    lines += [
        f"| replies sent to the simulator, one sender, {words} | `bench send` | {one['sends_per_s']:,}/s,"
        f" {one['share_of_ceiling']:.0%} of bare HTTP posts; out of order {one['out_of_order']} | 400/s; 0 |"
        for key, words in DATABASES.items()
        for one in [send[key]]
    ]
    rate = outreach["rate"]
    lines.append(
        f"| one warning to {outreach['groups']:,} groups and {outreach['conversations']:,} conversations, one sender"
        f" | `bench outreach` | {outreach['sends_per_s']:,}/s, {outreach['share_of_ceiling']:.0%} of bare HTTP posts;"
        f" killed midway: lost {outreach['lost']}, doubled {outreach['doubled']}, parked {outreach['parked']};"
        f" {rate['allowed_a_minute']} calls a minute allowed, sent {rate['accepted']} | 800/s; 0; 0; kept exactly |"
    )
    lines.append(
        f"| first request after `serve`; memory of all {start['processes']} processes | `bench start` |"
        f" {start['start_s']:.1f} s; {start['rss_mb']:.0f} MB | 3 s; 300 MB |"
    )
    lines.append(report_row(figures_of("reports", folder)))
    return lines + nation_rows(figures_of("statistics", folder))


def report_row(figures: dict[str, Any]) -> str:
    """Whole reports with a photo each."""
    return (
        f"| sealed reports with a photo, one web process | `bench reports` | {figures['reports_per_s']}/s,"
        f" {figures['share_of_ceiling']:.0%} of the bare server; p99 {figures['p99_ms']:.0f} ms at"
        f" {figures['arrivals_per_s']}/s; a case page {figures['case_page_ms']:.0f} ms; lost {figures['lost']},"
        f" doubled {figures['doubled']} | 40/s; 1,000 ms; 150 ms; 0; 0 |"
    )


def nation_rows(figures: dict[str, Any]) -> list[str]:
    """Pages of figures of the invented nation."""
    return [
        f"| figures of {figures['communes']:,} communes, 95 of 100 pages; a day counted; a province's year, {words} |"
        f" `bench statistics` | {one['p95_ms']:.0f} ms, {one['ratio_to_ceiling']} times a light page,"
        f" {one['ms_per_10000_messages']} ms more for 10,000 messages stored; {one['roll_up_s']:.1f} s;"
        f" {one['export_rows_per_s']:,} rows/s | {figures['bars_ms'][key]} ms; 20 s; 20,000 rows/s |"
        for key, words in DATABASES.items()
        for one in [figures[key]]
    ]


def main() -> None:
    """Measure or read, then replace the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("machine", help="what it was measured on, in words")
    parser.add_argument("--from", dest="folder", type=Path)
    chosen = parser.parse_args()
    today = dt.datetime.now(tz=dt.UTC).date()
    table = [f"Measured {today:%Y-%m-%d} on {chosen.machine}.", ""]
    table += ["| what | command | measured | asked |", "|---|---|---|---|", *rows(chosen.folder)]
    text = README.read_text(encoding="utf8")
    before, after = text.split(BEGIN)[0], text.split(END)[1]
    body = "\n".join(table)
    README.write_text(f"{before}{BEGIN}\n{body}\n{END}{after}", encoding="utf8")


if __name__ == "__main__":
    main()
