"""Every bound on what is read, in one place."""

MEGABYTE = 1024 * 1024

MOST_CHARACTERS = 300_000
"""A paper of some 150 pages, the longest that is read; a collection of papers is brought in one by one."""
MOST_TEXT = 4_000_000
"""Characters handed over at all."""
MOST_BYTES = 64 * MEGABYTE
MOST_PAGES = 300
MOST_SCANNED_PAGES = 100
"""Some ten minutes of Tesseract on one core."""
MOST_PIXELS = 40_000_000

MOST_MEMBERS, MOST_UNPACKED, MOST_RATIO = 2000, 200 * MEGABYTE, 100
MOST_ARCHIVE, MOST_ARCHIVED, MOST_FROM_ARCHIVE = 100 * MEGABYTE, 300, 300 * MEGABYTE
"""Bytes of an archive of papers, files in it, bytes in all of them."""
MOST_XML = 30 * MEGABYTE
"""One part of a Word file; its tree takes some eight times as much memory."""

MEMORY = 768 * MEGABYTE
"""Address space of the child, and of Tesseract below it."""
OFFICE_MEMORY = 4096 * MEGABYTE
"""Address space of LibreOffice, which maps far more than it uses."""
WRITTEN = 256 * MEGABYTE
CPU_SECONDS = 60
"""Of each process by itself."""

SILENCE_SECONDS = 100.0
"""The longest wait between two lines of progress."""
TOTAL_SECONDS = 1200.0
OPENING_SECONDS = 20.0
UNPACKING_SECONDS = 60.0
PAGE_SECONDS = 90
OFFICE_SECONDS = 90
"""Both below the silence, so that the child lives to say which page or program it was."""
