"""What the pages of the unit's shelf show."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.paginator import Page
from django.urls import reverse

from dondoc.inspections import documents
from dondoc.inspections.models import Evidence, EvidenceDocument, EvidenceVersion


@dataclass(frozen=True)
class ShelfScreen:
    """Every document of the person's unit, with how often it is used."""

    page: Page[EvidenceDocument]
    rows: list[tuple[Any, str]]
    parts: Collection[str] = ()

    @classmethod
    def of(cls, page: Page[EvidenceDocument], today: date) -> "ShelfScreen":
        return cls(page, [(each, documents.warning(each, today=today, visit=None)) for each in page])


@dataclass(frozen=True)
class DocumentScreen:
    """One document: what it is, its versions, and where it is laid beside an answer."""

    document: EvidenceDocument
    about: forms.Form
    version: forms.Form
    versions: list[EvidenceVersion]
    uses: list[Evidence]
    warning: str
    parts: Collection[str] = ()

    @classmethod
    def of(
        cls, found: EvidenceDocument, about: forms.Form, version: forms.Form, today: date
    ) -> "DocumentScreen":
        around = ("answer__criterion", "answer__inspection__programme__plan", "file")
        uses = found.uses.select_related(*around).order_by("-answer__inspection__planned_on", "pk")
        return cls(
            found,
            about,
            version,
            list(found.versions.select_related("file", "added_by")),
            list(uses[:200]),
            documents.warning(found, today=today, visit=None),
        )

    @property
    def describing(self) -> str:
        return reverse("inspections:describe", args=[self.document.pk])

    @property
    def replacing(self) -> str:
        return reverse("inspections:replace", args=[self.document.pk])
