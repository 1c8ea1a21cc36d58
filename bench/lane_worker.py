"""One worker that takes jobs until none is left and prints `lane key` in the order it finished them, with the time."""

import os
import sys
import time


def main() -> None:
    """Take small batches, so that workers meet."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "binhyen.settings"
    import django

    django.setup()
    from binhyen.jobs.queue import job_queue

    queue = job_queue()
    while queue.waiting("intake"):
        jobs = queue.take("intake", 7, 60)
        for job in jobs:
            sys.stdout.write(f"{time.monotonic_ns()} {job.lane} {job.key}\n")
        queue.finish(jobs)


if __name__ == "__main__":
    main()
