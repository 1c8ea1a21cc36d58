"""Use cases that cross rooms: intake, answer, hand over, erase."""
