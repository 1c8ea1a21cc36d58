"""Vietnamese formats: Django's own have dash dates, month-first input and no thousand grouping."""
