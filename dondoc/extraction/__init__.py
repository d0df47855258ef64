"""Bytes of a paper in, its words out: any file an office sends, parsed in a child process with bounds.

``apart.extract`` is the entry. It imports nothing of ours; what parses is loaded in the child alone.
"""

from dondoc.extraction.limits import MOST_CHARACTERS
from dondoc.extraction.model import Extracted, Progress, Unreadable

__all__ = ["MOST_CHARACTERS", "Extracted", "Progress", "Unreadable"]
