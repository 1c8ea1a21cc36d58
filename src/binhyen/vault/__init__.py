"""Keys, sealed values and stored files."""
