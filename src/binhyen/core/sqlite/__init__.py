"""Django's SQLite with a queue: threads of one process that want to write wait for each other, not for SQLite."""
