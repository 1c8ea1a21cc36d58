"""Lost and found: items, children and adults; withheld details, matches, claims, hand-over in person, clocks."""
