"""Door for residents: plain pages that work without script."""
