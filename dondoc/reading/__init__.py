"""A Vietnamese administrative text in, a Reading out; knows nothing of the rest of the house.

>>> read("Căn cứ Nghị định số 61/2018/NĐ-CP ngày 23/4/2018 của Chính phủ;").citations[0].symbol
'61/2018/NĐ-CP'
"""

from calendar import monthrange
from datetime import date

from dondoc.reading.announced import announced_in, document_of, place_of
from dondoc.reading.citations import CitationReader, own_paper
from dondoc.reading.contents import read_contents
from dondoc.reading.dateline import located, read_dateline
from dondoc.reading.dates import resolve
from dondoc.reading.document import Header, read_header
from dondoc.reading.glyphs import view_of
from dondoc.reading.mentions import MentionReader
from dondoc.reading.model import Citation, Content, Dateline, Document, Reading, Units
from dondoc.reading.outline import outline_of
from dondoc.reading.purposes import read_purposes
from dondoc.reading.surroundings import gather
from dondoc.reading.tokens import Marks, marks_of
from dondoc.reading.units import read_units

__all__ = ["Citation", "Content", "Dateline", "Document", "Reading", "Units", "read"]


def read(text: str, *, on: date | None = None) -> Reading:
    """Read one text. ``on`` is the day to count from where the text bears no date of its own."""
    view = view_of(text)
    marks = marks_of(view)
    header = read_header(marks)
    dateline = None if header else read_dateline(marks)
    known = _own_day(marks, header, dateline) or on or _latest(marks)
    resolve(marks.dates, known)
    finder = MentionReader(marks)
    mentions = gather(marks, finder.read())
    announced = None if header else announced_in(marks, mentions, dateline is not None)
    marks.places.own = header.own if header else place_of(announced) if announced else None
    starts = sorted(mention.start for mention in mentions)
    document = header.document() if header else document_of(marks, announced, starts) if announced else None
    own = own_paper(header, announced, document.issuer if document else None)
    reader = CitationReader(marks, header, own)
    citations = tuple(reader.read(mentions))
    day = (_first_day(document.date) if document and document.date else None) or known
    items = outline_of(marks, header.end, header.kind) if header else []
    return Reading(
        document=document,
        citations=citations,
        contents=read_contents(marks, header, items, bool(document or dateline), citations, day),
        units=read_units(marks, header, items, bool(document or dateline)),
        purposes=read_purposes(marks, header, items),
        dateline=located(dateline, document.issuer if document else None),
        stopped_at=finder.stopped_at if reader.stopped_at is None else reader.stopped_at,
    )


def _own_day(marks: Marks, header: Header | None, dateline: Dateline | None) -> date | None:
    if header:
        mark = header.date
        if mark is None or not mark.year:
            return None
        month = mark.month or 12  # a draft without its day is dated at the end of its month
        return date(mark.year, month, mark.day or monthrange(mark.year, month)[1])
    return date.fromisoformat(dateline.date) if dateline and dateline.date else None


def _first_day(iso: str) -> date | None:
    """The day terms are counted from: of a draft with nothing but its month, the first."""
    return date.fromisoformat(f"{iso}-01"[:10]) if len(iso) > 4 else None


def _latest(marks: Marks) -> date | None:
    """The last full date of a text without date of its own: it was written then or later."""
    days = [
        date(mark.year, mark.month, mark.day) for mark in marks.dates if mark.year and mark.month and mark.day
    ]
    return max(days, default=None)
