"""What happens on an unlucky day."""
