"""Reads of the catalogue."""

import functools
from importlib import resources

import yaml

from binhyen.procedures.catalogue import Catalogue
from binhyen.procedures.loading import read_catalogue


@functools.cache
def catalogue() -> Catalogue:
    """The national catalogue of the package, read once per process (about 0.3 s).

    Raises Misconfigured when a record lacks something.
    """
    folder = resources.files("binhyen.data") / "procedures"
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    parsed = [
        yaml.load((folder / name).read_text(encoding="utf8"), Loader=loader)  # noqa: S506 - a safe loader
        for name in ("catalogue.yaml", "forms.yaml", "referrals.yaml")
    ]
    return read_catalogue(*parsed)
