"""Tests of the papers, read back as a printer, a phone and an office would."""
