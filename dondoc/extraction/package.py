"""A Word file as a box of parts: found by their relations, unpacked within bounds, parsed without DTD."""

import posixpath
import zipfile
import zlib
from io import BytesIO
from typing import Any, NoReturn

from lxml import etree

from dondoc.extraction import limits
from dondoc.extraction.model import Unreadable

Element = Any
"""lxml ships no types."""


def tag(element: Element) -> str:
    """The bare name: the old and the strict dialect differ in their namespaces only."""
    name = element.tag
    return name.rpartition("}")[2] if isinstance(name, str) else ""


def attribute(element: Element | None, name: str) -> str:
    """The attribute's value in whatever namespace, "" when there is none."""
    if element is None:
        return ""
    for key, value in element.attrib.items():
        if key == name or key.endswith("}" + name):
            return str(value)
    return ""


def child(element: Element | None, *path: str) -> Element | None:
    """The first descendant along these names."""
    for name in path:
        if element is None:
            return None
        element = next((each for each in element if tag(each) == name), None)
    return element


class Package:
    """The parts of one file."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        try:
            self._archive = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError):
            self.broken()
        types = self.read("[Content_Types].xml")
        if types and b"macroEnabled" in types:
            raise Unreadable(
                "macros", f"Tệp “{name}” có macro nên không được nhận. Lưu lại dưới dạng không có macro."
            )
        self.main = next(iter(self._related("", "officeDocument").values()), "word/document.xml")

    def broken(self) -> NoReturn:
        raise Unreadable(
            "broken", f"Tệp “{self.name}” bị hỏng, không mở được. Mở bằng Word, lưu lại rồi tải lên."
        )

    def read(self, part: str) -> bytes | None:
        """One part's bytes; what it says of its size is not believed."""
        try:
            with self._archive.open(part) as source:
                data = source.read(limits.MOST_XML + 1)
        except KeyError:
            return None
        except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError, NotImplementedError):
            self.broken()
        if len(data) > limits.MOST_XML:
            raise Unreadable(
                "too_long", f"Tệp “{self.name}” quá dài. Tách riêng văn bản cần đọc rồi tải lên."
            )
        return data

    def tree(self, part: str) -> Element | None:
        """The root of one part; None when the file has no such part."""
        data = self.read(part)
        if data is None:
            return None
        parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False)
        try:
            root = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError):
            self.broken()
        if root.getroottree().docinfo.doctype:
            # No program of an office writes one; it is how entities are smuggled in.
            raise Unreadable(
                "entities",
                f"Tệp “{self.name}” có khai báo lạ nên không được đọc. Mở bằng Word, lưu lại rồi tải lên.",
            )
        return root

    def beside(self, kind: str) -> dict[str, str]:
        """Parts the main one refers to as ``kind``, by the id of the reference."""
        return self._related(self.main, kind)

    def _related(self, part: str, kind: str) -> dict[str, str]:
        folder, base = posixpath.split(part)
        root = self.tree(posixpath.join(folder, "_rels", base + ".rels"))
        found = {}
        for each in root if root is not None else ():
            inside = attribute(each, "TargetMode") != "External"
            if inside and attribute(each, "Type").rpartition("/")[2] == kind:
                target = posixpath.normpath(posixpath.join("/" + folder, attribute(each, "Target")))
                found[attribute(each, "Id")] = target.lstrip("/")
        return found
