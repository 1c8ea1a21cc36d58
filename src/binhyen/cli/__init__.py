"""Door for operators: the command binhyen."""
