"""Door for officers: inbox, replies, settings."""
