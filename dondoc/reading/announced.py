"""The document a piece of news announces: "ngày 11/9, UBND huyện Thanh Oai có Kế hoạch số 292/KH-UBND"."""

import re

from dondoc.reading.glyphs import fold
from dondoc.reading.issuers import Place
from dondoc.reading.layout import lines_of
from dondoc.reading.mentions import Mention, stated_type
from dondoc.reading.model import Document
from dondoc.reading.subjects import Subjects, subject_of
from dondoc.reading.surroundings import look_back
from dondoc.reading.tokens import Marks
from dondoc.reading.types import LAWS

_EARLIER = re.compile(r"(?:truoc\s+do|tiep\s+do|can\s+cu|nam\s+truoc)[^.\n]*$")
_SCOPE = re.compile(r"\s+(?:tai|doi voi)\s+(?:tat ca\s+)?(?:cac\s+[^.;]{0,40})?[0-9]{1,3}\s.*$")
_LEAD = 1500


def announced_in(marks: Marks, mentions: list[Mention], dateline: bool) -> Mention | None:
    """The first document whose making the lead tells, by a body and a verb or in the passive.

    News has a dateline or at least a title: a first line that is no sentence.
    """
    first = next(iter(lines_of(marks.view, 1)), None)
    if first is None or not (
        dateline or (first.end < len(marks.view.folded.rstrip()) and first.folded[-1] not in ".;:")
    ):
        return None
    for mention in mentions:
        if mention.start > _LEAD:
            return None
        if not mention.verb_before or mention.announced is None or mention.anonymous:
            continue
        if not _EARLIER.search(marks.view.folded, max(0, mention.start - 200), mention.start):
            return mention
    return _unnumbered(marks) if dateline else None


def _unnumbered(marks: Marks) -> Mention | None:
    """A document told without its number: "Hôm qua (06/11), UBND xã ban hành Kế hoạch kiểm tra …"."""
    for mark in marks.types:
        if mark.start > _LEAD:
            return None
        if mark.short or not mark.strong or mark.name in LAWS:
            continue
        mention = Mention(mark.start, mark.end, mark.name)
        look_back(marks, mention, 0)
        if mention.announced and mention.date and mention.date.iso:
            earlier = _EARLIER.search(marks.view.folded, max(0, mark.start - 200), mark.start)
            return None if earlier else mention
    return None


def place_of(mention: Mention) -> Place | None:
    """The place whose news this is."""
    mark = mention.announced
    return Place(mark.start, mark.level, mark.name) if mark and mark.level and mark.name else None


def document_of(marks: Marks, mention: Mention, starts: list[int]) -> Document:
    """The announced document in the published form."""
    subject = subject_of(marks, mention, Subjects(marks, starts).span(mention))
    if subject:
        subject = subject[: len(subject) - _scope(subject)] or None
    iso = mention.date.iso if mention.date else None
    return Document(
        type=stated_type(mention) or "Văn bản",
        number=mention.number,
        symbol=mention.symbol,
        date=iso,
        date_precision=mention.date.precision if mention.date and iso else "none",
        issuer=marks.places.complete(mention.issuer) if mention.issuer else None,
        subject=subject,
    )


def _scope(subject: str) -> int:
    """How much of a subject only says where: " tại 5 ấp trên địa bàn xã"."""
    found = _SCOPE.search(fold(subject))
    return len(subject) - found.start() if found else 0
