"""What a file is, told by its bytes; its name is only compared with that."""

from dataclasses import dataclass

from dondoc.extraction import Unreadable, apart, sniffing
from dondoc.extraction.sniffing import Bomb, Broken, Locked, Macros, Unfit

__all__ = [
    "EVIDENCE",
    "KINDS",
    "PAPERS",
    "Bomb",
    "Broken",
    "Kind",
    "Locked",
    "Macros",
    "Unfit",
    "endings",
    "sniff",
]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file taken from people."""

    code: str
    media_type: str
    endings: tuple[str, ...]


KINDS = {
    "pdf": Kind("pdf", "application/pdf", (".pdf",)),
    "docx": Kind(
        "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", (".docx",)
    ),
    "xlsx": Kind("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", (".xlsx",)),
    "jpg": Kind("jpg", "image/jpeg", (".jpg", ".jpeg")),
    "png": Kind("png", "image/png", (".png",)),
    "txt": Kind("txt", "text/plain; charset=utf-8", (".txt",)),
    "doc": Kind("doc", "application/msword", (".doc",)),
    "rtf": Kind("rtf", "application/rtf", (".rtf",)),
    "tif": Kind("tif", "image/tiff", (".tif", ".tiff")),
}
EVIDENCE = ("pdf", "docx", "xlsx", "jpg", "png")
PAPERS = sniffing.READ


def endings(among: tuple[str, ...]) -> tuple[str, ...]:
    """What the names of these kinds end in."""
    return tuple(ending for code in among for ending in KINDS[code].endings)


def sniff(data: bytes) -> str | None:
    """The kind's code, or None when it is none of ours.

    Raises: ``Unfit`` (locked, broken, a bomb, with macros) for a file of a known family.
    """
    kind = sniffing.sniff(data)
    if kind == "pdf":
        try:
            apart.opened(data)
        except Unreadable as unreadable:
            raise (Locked if unreadable.code == "locked" else Broken) from unreadable
    return kind
