"""Progress of long commands: a bar on a terminal, plain lines elsewhere."""

import sys
from collections.abc import Iterable
from datetime import date

import click
from rich.progress import Progress

PLAIN_LINES = 24
"""At most about so many, so that a log stays readable."""


class Stopped(click.ClickException):
    """Ctrl+C, with the way to go on; the exit code that shells know for it."""

    exit_code = 130


def show_days(title: str, days: Iterable[date], total: int, form: str = "%d/%m/%Y") -> None:
    """Go through the days, showing each when it is done. Raises Stopped on Ctrl+C."""
    try:
        if sys.stdout.isatty():
            _as_bar(title, days, total, form)
        else:
            _as_lines(title, days, total, form)
    except KeyboardInterrupt:
        raise Stopped("stopped; run the same command to go on.") from None


def _as_bar(title: str, days: Iterable[date], total: int, form: str) -> None:
    with Progress() as progress:
        bar = progress.add_task(title, total=total)
        for day in days:
            progress.update(bar, advance=1, description=f"{title} {day.strftime(form)}")


def _as_lines(title: str, days: Iterable[date], total: int, form: str) -> None:
    every = -(-total // PLAIN_LINES)
    for number, day in enumerate(days, start=1):
        if number % every == 0 or number == total:
            click.echo(f"{title} {day.strftime(form)} {number}/{total}")
