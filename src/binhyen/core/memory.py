"""Starting a long-lived process, and settling it once everything it needs is loaded."""

import gc


def load() -> None:
    """While modules load, hardly anything dies: the collector would walk over all of them again and again (an eighth
    of the time of a start). It works again after `settle`.
    """
    gc.disable()


def settle() -> None:
    """Keep the garbage collector away from what is loaded for good, and from walking over every batch.

    A batch makes some hundred thousand objects that die by reference counting; the default threshold of 700 would
    stop the work hundreds of times to find nothing.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
    gc.enable()
