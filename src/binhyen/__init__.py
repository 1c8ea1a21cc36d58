"""Bình Yên: a local police unit and its residents keep their neighbourhood safe together."""

__version__ = "0.1.0"
