"""Figures that count themselves: daily roll-ups of what the rooms hold, and how they may be shown."""
