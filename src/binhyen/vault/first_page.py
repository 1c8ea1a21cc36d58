"""A program of its own: words of a PDF's first page, read from standard input, under limits of time and memory.

Started by `document_words` alone. It imports nothing of the house, so that it starts fast, and whatever a hostile
file does to the reader ends with the process.
"""

import io
import resource
import sys

CPU_LIMIT_S = 4
MEMORY_LIMIT_BYTES = 512 * 1024 * 1024
MOST_CHARACTERS = 20_000


def main() -> int:
    """Print the text layer as UTF-8; nothing when there is none."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_LIMIT_S, CPU_LIMIT_S))
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT_BYTES, MEMORY_LIMIT_BYTES))
    import pypdf

    first = pypdf.PdfReader(io.BytesIO(sys.stdin.buffer.read())).pages[0]
    sys.stdout.buffer.write(first.extract_text()[:MOST_CHARACTERS].encode("utf8", "replace"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
