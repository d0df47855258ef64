"""What a reading holds. ``Reading.as_json`` gives the published schema."""

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Precision = Literal["day", "month", "year", "inferred", "none"]


@dataclass(frozen=True, slots=True)
class Document:
    """The document a text is, or, for news, announces."""

    type: str
    number: str | None
    symbol: str | None
    date: str | None
    date_precision: Precision
    issuer: str | None
    subject: str | None


@dataclass(frozen=True, slots=True)
class Citation:
    """One mention of another document; ``text`` is the slice ``start:end`` of the text as given."""

    type: str
    number: str | None
    symbol: str | None
    date: str | None
    date_precision: Precision
    issuer: str | None
    subject: str | None
    relation: str
    start: int
    end: int
    text: str
    mention: Literal["full", "short", "anaphor"] = "full"


@dataclass(frozen=True, slots=True)
class Content:
    """One thing to be inspected or done; ``citations`` are places in ``Reading.citations``."""

    text: str
    citations: tuple[int, ...] = ()
    owner: str | None = None
    due: str | None = None


@dataclass(frozen=True, slots=True)
class Units:
    """The units inspected or addressed: how many, in which words, and those named."""

    count: int | None = None
    kind: str | None = None
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dateline:
    """When and where a piece of news appeared."""

    time: str | None = None
    date: str | None = None
    author: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read from one text.

    ``stopped_at`` is where reading for citations ended in a text too dense to be one (``mentions.most_in``).
    """

    document: Document | None = None
    citations: tuple[Citation, ...] = ()
    contents: tuple[Content, ...] = ()
    units: Units = field(default_factory=Units)
    purposes: tuple[str, ...] = ()
    dateline: Dateline | None = None
    stopped_at: int | None = None

    def as_json(self) -> dict[str, Any]:
        """Plain lists, dictionaries and strings, ready for ``json.dumps``."""
        plain: dict[str, Any] = _plain(asdict(self))
        if self.stopped_at is None:
            del plain["stopped_at"]
        return plain


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value
