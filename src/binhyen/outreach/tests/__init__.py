"""Tests of posts and warnings."""
