"""Topics: labels of conversations, never of persons (G30)."""
