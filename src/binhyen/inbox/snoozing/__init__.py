"""Conversations put aside until a chosen time, and who looks at one right now."""
