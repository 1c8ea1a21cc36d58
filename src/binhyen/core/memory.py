"""Settling a long-lived process once everything it needs is loaded."""

import gc


def settle() -> None:
    """Keep the garbage collector away from what is loaded for good, and from walking over every batch.

    A batch makes some hundred thousand objects that die by reference counting; the default threshold of 700 would
    stop the work hundreds of times to find nothing.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
