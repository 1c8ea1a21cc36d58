"""How long residents wait, in the office time of their unit, and raising what was forgotten."""
