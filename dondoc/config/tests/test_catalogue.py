"""What the packages we install say, they say in Vietnamese: our catalogue first, then their own.

The sentences are read from the installed packages, so a new version shows here what it added.
"""

import ast
import gettext
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

OURS = Path(__file__).parents[1] / "locale" / "vi" / "LC_MESSAGES"
DOMAINS = ("django", "djangojs")
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sdr]|\{\w*\}")
TAG = re.compile(r"</?[a-z][^>]*>")


@dataclass
class Entry:
    """One sentence of a ``.po`` file; ``translation`` is that of the first plural form."""

    msgctxt: str = ""
    msgid: str = ""
    msgid_plural: str = ""
    translation: str = ""

    def in_words_of(self, catalogue: gettext.NullTranslations) -> str:
        if self.msgid_plural and self.msgctxt:
            return catalogue.npgettext(self.msgctxt, self.msgid, self.msgid_plural, 2)
        if self.msgid_plural:
            return catalogue.ngettext(self.msgid, self.msgid_plural, 2)
        if self.msgctxt:
            return catalogue.pgettext(self.msgctxt, self.msgid)
        return catalogue.gettext(self.msgid)

    def is_kept_by(self, words: str) -> bool:
        """The same tags; every placeholder both English forms have, and none that neither has."""
        forms = (self.msgid, self.msgid_plural or self.msgid)
        singular, plural = (set(PLACEHOLDER.findall(form)) for form in forms)
        placeholders = set(PLACEHOLDER.findall(words))
        tags = [sorted(TAG.findall(form)) for form in forms]
        return singular & plural <= placeholders <= singular | plural and sorted(TAG.findall(words)) in tags


class Untranslated(gettext.NullTranslations):
    """The end of the chain: answers with nothing, so that an untranslated sentence is told from one
    whose Vietnamese happens to look like its English."""

    def gettext(self, message: str) -> str:
        return ""

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return ""

    def pgettext(self, context: str, message: str) -> str:
        return ""

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:
        return ""


@dataclass(frozen=True)
class Source:
    """The sentences one installed package has in one domain."""

    package: str
    locale: Path = field(repr=False)
    domain: str

    @property
    def english(self) -> Path | None:
        """The English file; another language's lists the same sentences where there is none."""
        english = self.locale / "en" / "LC_MESSAGES" / f"{self.domain}.po"
        others = sorted(self.locale.glob(f"*/LC_MESSAGES/{self.domain}.po"))
        return next((path for path in (english, *others) if path.exists()), None)

    def catalogue(self) -> gettext.NullTranslations:
        """Ours, then the package's own Vietnamese, then silence."""
        chain = read_mo(OURS / f"{self.domain}.mo")
        own = self.locale / "vi" / "LC_MESSAGES" / f"{self.domain}.mo"
        if own.exists():
            chain.add_fallback(read_mo(own))
        chain.add_fallback(Untranslated())
        return chain


def read_mo(path: Path) -> gettext.GNUTranslations:
    with path.open("rb") as file:
        return gettext.GNUTranslations(file)


def read_po(path: Path) -> Iterator[Entry]:
    """Entries of a ``.po`` file; without its header and its retired (``#~``) sentences."""
    for block in re.split(r"\n\s*\n", path.read_text(encoding="utf-8")):
        entry, part = Entry(), ""
        for line in block.splitlines():
            if line.startswith("#") or not line.strip():
                continue
            if not line.startswith('"'):
                keyword, line = line.split(" ", 1)
                part = "translation" if keyword in ("msgstr", "msgstr[0]") else keyword
            if part in Entry.__dataclass_fields__:
                setattr(entry, part, getattr(entry, part) + ast.literal_eval(line))
        if entry.msgid:
            yield entry


def installed_sources() -> Iterator[Source]:
    """Everything installed that speaks, but our own rooms, whose Vietnamese stands where it is used."""
    for package in [*settings.INSTALLED_APPS, "django.conf"]:
        spec = None if package.startswith("dondoc.") else find_spec(package)
        if spec is None or spec.origin is None:
            continue
        for domain in DOMAINS:
            source = Source(package, Path(spec.origin).parent / "locale", domain)
            if source.english:
                yield source


SOURCES = list(installed_sources())


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: f"{source.package}-{source.domain}")
def test_every_sentence_of_an_installed_package_has_vietnamese(source: Source) -> None:
    assert source.english is not None
    catalogue = source.catalogue()

    entries = list(read_po(source.english))

    assert entries
    assert [entry for entry in entries if not entry.in_words_of(catalogue).strip()] == []


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: f"{source.package}-{source.domain}")
def test_a_translation_keeps_placeholders_and_tags(source: Source) -> None:
    assert source.english is not None
    catalogue = source.catalogue()

    said = [(entry, entry.in_words_of(catalogue)) for entry in read_po(source.english)]

    assert [(entry, words) for entry, words in said if not entry.is_kept_by(words)] == []


def test_the_packages_editors_and_people_signing_in_meet_are_among_them() -> None:
    packages = {source.package for source in SOURCES}

    assert {"wagtail", "wagtail.admin", "wagtail.images", "wagtail.users", "allauth"} <= packages


@pytest.mark.parametrize("domain", DOMAINS)
def test_the_compiled_catalogue_says_what_the_readable_one_says(domain: str) -> None:
    compiled = read_mo(OURS / f"{domain}.mo")

    entries = list(read_po(OURS / f"{domain}.po"))

    assert [entry for entry in entries if entry.in_words_of(compiled) != entry.translation] == []


def test_ours_wins_over_what_a_package_says() -> None:
    with translation.override("vi"):
        assert translation.gettext("Publish") == "Đăng"
        assert translation.gettext("Password reset unsuccessful") == "Đặt lại mật khẩu không thành công"
        assert translation.ngettext("1 page", "%(counter)s pages", 3) == "%(counter)s trang"
        assert translation.pgettext("action", "Change Phone") == "Đổi số điện thoại"
