"""Every number of signing in and staying signed in (G35, G36, G38), in one place."""

from datetime import timedelta

WRONG_TRIES_BEFORE_LOCK = 5
"""Wrong passwords and codes together, per name."""
FIRST_LOCK_S = 60
"""Length of the first lock; each further wrong try doubles it."""
LONGEST_LOCK_S = 3600
WRONG_TRIES_FORGOTTEN_AFTER = timedelta(hours=24)
IDLE_LOCK = timedelta(minutes=15)
"""Without an act of the officer; live updates are no act."""
SESSION_LIMIT = timedelta(hours=12)
"""From signing in, however busy."""
ACCOUNT_IDLE_LIMIT = timedelta(days=45)
"""An account nobody signed in to for so long no longer opens; an administrator invites again."""
FRESH_SECOND_FACTOR = timedelta(minutes=5)
"""Sensitive acts ask again when the second factor is older (G38)."""
INVITATION_VALID = timedelta(days=7)
RECOVERY_CODE_COUNT = 8
EVENT_STREAMS_PER_OFFICER = 3
