"""Paper: the typesetter, and the print room's posters, letters, cards, notices and forms in batches."""
