"""The words of a file that came in, as they are stored and read."""

from dataclasses import replace

from dondoc.extraction import MOST_CHARACTERS, Extracted, Progress, Unreadable, apart
from dondoc.extraction.plain import clean
from dondoc.files import actions as files
from dondoc.files.models import StoredFile
from dondoc.foundation.refusals import Refused, not_yet

__all__ = ["MOST_CHARACTERS", "clean", "extracted", "text_of"]


def extracted(stored: StoredFile, *, on_progress: Progress | None = None) -> Extracted:
    """The file's words, clean, and what its reader should know of them. A scan takes seconds a page.

    Raises: ``Refused`` with a sentence for a file that cannot be read.
    """
    try:
        found = apart.extract(files.read(stored), name=stored.name, on_progress=on_progress)
    except Unreadable as unreadable:
        raise Refused(not_yet(f"intakes.{unreadable.code}", unreadable.sentence)) from unreadable
    return replace(found, text=clean(found.text))


def text_of(stored: StoredFile) -> str:
    """The words alone."""
    return extracted(stored).text
