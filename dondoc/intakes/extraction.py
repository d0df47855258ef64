"""The words of a file that came in, as they are stored and read."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from dondoc.extraction import MOST_CHARACTERS, Extracted, Progress, Unreadable, apart, limits
from dondoc.extraction.model import Member
from dondoc.extraction.plain import clean
from dondoc.files import actions as files
from dondoc.files.models import StoredFile
from dondoc.foundation.refusals import Refused, not_yet

__all__ = ["MOST_CHARACTERS", "clean", "extracted", "text_of", "unpacked"]


def extracted(stored: StoredFile, *, on_progress: Progress | None = None) -> Extracted:
    """The file's words, clean, and what its reader should know of them. A scan takes seconds a page.

    Raises: ``Refused`` with a sentence for a file that cannot be read.
    """
    try:
        found = apart.extract(files.read(stored), name=stored.name, on_progress=on_progress)
    except Unreadable as unreadable:
        raise Refused(not_yet(f"intakes.{unreadable.code}", unreadable.sentence)) from unreadable
    return replace(found, text=clean(found.text))


@contextmanager
def unpacked(archive: "UploadedFile[Any]") -> Iterator[Iterator[Member]]:
    """The files of an archive, one at a time, taken out by a child; none larger than a file may be.

    Raises: ``Refused`` with a sentence for an archive that is not taken at all.
    """
    name = files.clean_name(archive.name or "")
    if (archive.size or 0) > limits.MOST_ARCHIVE:
        most = limits.MOST_ARCHIVE // limits.MEGABYTE
        sentence = f"Tệp “{name}” nặng quá {most} MB. Chia thành nhiều tệp nén, hoặc gửi cả thư mục."
        raise Refused(not_yet("intakes.archive_too_large", sentence))
    with ExitStack() as stack:
        try:
            members = stack.enter_context(apart.unpacked(archive, name=name, most_each=settings.UPLOAD_LIMIT))
        except Unreadable as unreadable:
            raise Refused(not_yet(f"intakes.{unreadable.code}", unreadable.sentence)) from unreadable
        yield members


def text_of(stored: StoredFile) -> str:
    """The words alone."""
    return extracted(stored).text
