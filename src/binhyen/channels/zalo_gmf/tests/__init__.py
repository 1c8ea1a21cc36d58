"""Tests of groups driven by the page."""
