"""The one contract every connector keeps, and the accounts behind it."""
