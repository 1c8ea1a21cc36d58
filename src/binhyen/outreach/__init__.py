"""Posts and warnings: one draft, a second officer, every channel, and the truth about what went where."""
