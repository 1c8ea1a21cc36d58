"""Acts on many conversations at once, with a preview before and an undo after."""
