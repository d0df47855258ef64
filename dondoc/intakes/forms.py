"""What an officer can type on the proposal that was read from a text."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import zip_longest
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.http import QueryDict

from dondoc.directives.actions import APART
from dondoc.directives.fields import DocumentForm, IdentityForm, KnownDayField
from dondoc.directives.identity import LONGEST, Day, number_of
from dondoc.directives.models import Citation
from dondoc.foundation.folding import nfc
from dondoc.foundation.refusals import Refusal
from dondoc.intakes.drawing import PlainControls
from dondoc.intakes.models import Intake
from dondoc.ui import inputs
from dondoc.ui.words import day_text, number_text

MOST_ADDED = 200
BY_THE_REGISTER = "Theo sổ văn bản"
_PAPER = re.compile(rf"{APART}|[1-9]\d{{0,8}}", re.ASCII)
_STRETCH = re.compile(r"(\d{1,8})-(\d{1,8})", re.ASCII)
_LIKE_A_DAY = re.compile(r"\d{1,4}(?:\s*[/.-]\s*\d{1,4}){0,2}", re.ASCII)
_ISO = re.compile(r"\d{4}(?:-\d\d){0,2}", re.ASCII)


class DropForm(inputs.Form):
    """Why a paper stays out of the register."""

    why = inputs.TextField(label="Lý do", required=False, max_length=500)


class Seen(inputs.Form):
    """Part of a proposal that an officer looks at; the tick lets him go on another day where he was."""

    default_renderer = PlainControls
    seen = forms.BooleanField(label="Đúng", required=False)


class WhoseForm(inputs.Form):
    """Whether what was read is the paper of the entry it was brought in for."""

    same = forms.ChoiceField(
        label="Bản văn này",
        widget=forms.RadioSelect,
        choices=[
            ("same", "Đúng là bản văn của mục ấy; mục ghi sai hoặc ghi thiếu"),
            ("other", "Là văn bản khác; vào sổ thành mục riêng"),
        ],
    )


class Droppable(Seen):
    """Part of a proposal that may be rejected: what is wrong in it does not matter then."""

    kept = forms.BooleanField(label="Giữ lại", required=False, initial=True)
    place = inputs.TextField(required=False, max_length=20, widget=forms.HiddenInput)
    """For what is added: the passage that was selected in the text, "120-180"."""

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if not told.get("kept"):
            self.errors.clear()
        return told


class CitationForm(Droppable, IdentityForm):
    """A paper that the text cites."""

    relation = forms.ChoiceField(
        label="Quan hệ",
        choices=[(label, label) for label in Citation.Relation.labels],
        initial=Citation.Relation.REFERS.label,
    )
    paper = forms.ChoiceField(label="Văn bản trong sổ", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Which papers may be meant is known to the register, which is asked again when confirming.
        chosen = str(self["paper"].value() or "")
        known = [(chosen, chosen)] if _PAPER.fullmatch(chosen) else []
        cast(forms.ChoiceField, self.fields["paper"]).choices = [("", BY_THE_REGISTER), *known]

    def offer(self, papers: Iterable[tuple[str, str]]) -> None:
        """Let the officer choose among these papers of the register, or keep it apart from all of them."""
        choices = [("", BY_THE_REGISTER), *papers, (APART, "Là văn bản khác, ghi riêng vào sổ")]
        cast(forms.ChoiceField, self.fields["paper"]).choices = choices


class ContentForm(Droppable):
    """One thing to be inspected or done."""

    text = inputs.TextField(label="Nội dung", max_length=5000, widget=forms.Textarea(attrs={"rows": 3}))
    citations = inputs.TextField(
        label="Dựa trên trích dẫn số",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text="Ví dụ: 3, 4. Để trống nếu không dựa trên văn bản nào.",
    )
    owner = inputs.TextField(label="Ai thực hiện", required=False, max_length=500)
    due = inputs.TextField(
        label="Thời hạn",
        required=False,
        max_length=200,
        help_text="Ngày 30/11/2019, hoặc bằng chữ: hằng quý.",
    )

    def __init__(self, *args: Any, citations: int, **kwargs: Any) -> None:
        self.most = citations
        super().__init__(*args, **kwargs)

    def clean_citations(self) -> list[int]:
        """Places in the list of citations, counted from 0."""
        found = []
        for word in re.findall(r"[^\s,;]+", self.cleaned_data["citations"]):
            if not (word.isascii() and word.isdigit() and 1 <= int(word) <= self.most):
                has = f"Chọn từ 1 đến {self.most}." if self.most else "Chưa có trích dẫn nào."
                raise ValidationError(f"Không có trích dẫn số {word}. {has}", code="no_such_citation")
            found.append(int(word) - 1)
        return sorted(set(found))

    def clean_due(self) -> str | None:
        """A day in its published form; words as they were typed."""
        typed = self.cleaned_data["due"].strip()
        if _LIKE_A_DAY.fullmatch(typed):
            return str(KnownDayField().clean(typed))
        return typed or None


class OwnForm(Seen, DocumentForm):
    """The paper itself."""


class DatelineForm(inputs.Form):
    """When and by whom a piece of news was published."""

    time = forms.RegexField(
        r"(?:[01]?\d|2[0-3]):[0-5]\d",
        label="Giờ đăng",
        required=False,
        error_messages={"invalid": "Nhập giờ đăng theo dạng giờ:phút, ví dụ 09:56."},
    )
    date = KnownDayField(label="Ngày đăng", required=False)
    author = inputs.TextField(label="Tác giả", required=False, max_length=200)
    source = inputs.TextField(label="Nguồn", required=False, max_length=200)


class AimsForm(inputs.Form):
    """Whom it concerns and what for."""

    seen_units = forms.BooleanField(label="Đúng", required=False)
    seen_purposes = forms.BooleanField(label="Đúng", required=False)
    count = inputs.NumberField(label="Số đơn vị", required=False, least=0, most=100_000)
    kind = inputs.TextField(label="Loại đơn vị", required=False, max_length=300)
    names = inputs.TextField(
        label="Tên các đơn vị",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Mỗi dòng một đơn vị.",
    )
    purposes = inputs.TextField(
        label="Mục đích",
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Mỗi dòng một mục đích.",
    )


class Review:
    """The whole proposal as forms: the paper, its citations and contents (one blank each to add), its aims.

    Place in the list is what ties a form to what was read, so that two officers' forms can be compared.
    """

    def __init__(self, intake: Intake, data: Mapping[str, Any] | None = None) -> None:
        self.reading = intake.reading
        self.text = intake.text
        told = intake.proposal
        self.citation_count = _count(data, "so-trich-dan", self.reading["citations"], told["citations"])
        self.content_count = _count(data, "so-noi-dung", self.reading["contents"], told["contents"])
        own = told["document"] or {}
        self.document = OwnForm(data, prefix="vb", initial=_identity(own) | {"seen": own.get("seen", False)})
        self.citations = [
            CitationForm(data, prefix=f"td-{place}", initial=_citation(item), **_blank(item))
            for place, item in _places(told["citations"], self.citation_count)
        ]
        filled = self.citation_count + (data is not None and self.citations[-1].has_changed())
        self.contents = [
            ContentForm(data, prefix=f"nd-{place}", initial=_content(item), citations=filled, **_blank(item))
            for place, item in _places(told["contents"], self.content_count)
        ]
        self.aims = AimsForm(data, prefix="pv", initial=_aims(told))
        self.dateline = DatelineForm(data, prefix="tg", initial=_dateline(told["dateline"]))

    @property
    def forms(self) -> list[inputs.Form]:
        return [self.document, *self.citations, *self.contents, self.aims, self.dateline]

    def is_valid(self) -> bool:
        return all([form.is_valid() for form in self.forms])

    @property
    def errors(self) -> dict[str, Any]:
        """Errors of all forms by full field name."""
        return {form.add_prefix(name): found for form in self.forms for name, found in form.errors.items()}

    def non_field_errors(self) -> list[str]:
        return [str(message) for form in self.forms for message in form.non_field_errors()]

    def __iter__(self) -> Iterator[BoundField]:
        for form in self.forms:
            yield from form

    def offer(self, place: int, papers: Iterable[tuple[str, str]]) -> None:
        """Let the officer choose which of these papers of the register this citation means."""
        if place < len(self.citations):
            self.citations[place].offer(papers)

    def refuse(self, refusal: Refusal) -> None:
        """Show a refusal at the number of the paper."""
        self.document.add_error("symbol", refusal.sentence)

    def typed(self) -> dict[str, str]:
        """Every field as it would be sent, by full name."""
        told = {bound.html_name: _as_sent(bound.value()) for bound in self}
        return told | {"so-trich-dan": str(self.citation_count), "so-noi-dung": str(self.content_count)}

    def proposal(self) -> dict[str, Any]:
        """What the officer says, in the published schema; call after ``is_valid``."""
        aims = self.aims.cleaned_data
        return {
            **self.reading,
            "document": _told(self.document.cleaned_data, self.reading["document"] or {})
            | {"seen": self.document.cleaned_data["seen"]},
            "citations": [
                self._citation(form, base)
                for form, base in zip_longest(self.citations, self.reading["citations"])
                if base or _says_something(form)
            ],
            "contents": [
                self._content(form, base)
                for form, base in zip_longest(self.contents, self.reading["contents"])
                if base or _says_something(form)
            ],
            "units": {
                "count": aims["count"],
                "kind": aims["kind"] or None,
                "names": _lines(aims["names"]),
            },
            "purposes": _lines(aims["purposes"]),
            "dateline": self._dateline(),
            "seen": {"units": aims["seen_units"], "purposes": aims["seen_purposes"]},
        }

    def _dateline(self) -> dict[str, Any] | None:
        told = {name: value or None for name, value in self.dateline.cleaned_data.items()}
        return told if any(told.values()) or self.reading["dateline"] else None

    def _citation(self, form: CitationForm, base: dict[str, Any] | None) -> dict[str, Any]:
        told = form.cleaned_data
        kept = {
            "kept": told.get("kept", False),
            "seen": told.get("seen", False),
            "paper": _paper(told.get("paper") or ""),
            "relation": told.get("relation") or Citation.Relation.REFERS.label,
        }
        if base is None:
            found = _told(told, {})
            symbol = told.get("symbol") or ""
            place = _selected(self.text, told.get("place") or "") or _place(self.text, symbol)
            words = symbol if place["start"] is None else self.text[place["start"] : place["end"]]
            return found | kept | place | {"text": words, "mention": "full"}
        return base | (_told(told, base) if kept["kept"] else {}) | kept

    def _content(self, form: ContentForm, base: dict[str, Any] | None) -> dict[str, Any]:
        told = form.cleaned_data
        whole: dict[str, Any] = base or {"text": "", "citations": [], "owner": None, "due": None}
        words = told.get("text") or whole["text"]
        whole = {**whole, "text": words, "seen": told.get("seen", False)}
        if base is None:
            whole |= _selected(self.text, told.get("place") or "") or _place(self.text, words)
        if not told.get("kept"):
            return {**whole, "kept": False}
        named = {"owner": told["owner"] or None, "due": told["due"]}
        return {**whole, **named, "citations": told["citations"], "kept": True}


def pointed(kind: str, passage: str, read: Mapping[str, Any]) -> dict[str, str]:
    """What reading just this passage fills in for an officer who selected it: fields of one form.

    ``kind``: "trich-dan", "noi-dung", "don-vi" or "muc-dich".
    """
    words = " ".join(nfc(passage).split())
    if kind == "trich-dan":
        cited = next(iter(read["citations"]), None)
        told = cited or read["document"] or {"symbol": words[: LONGEST["symbol"]]}
        found = {name: str(value) for name, value in _identity(told).items()}
        return found | ({"relation": cited["relation"]} if cited else {})
    if kind == "noi-dung":
        content: Mapping[str, Any] = next(iter(read["contents"]), {})
        return {"text": words, "owner": content.get("owner") or "", "due": _due_shown(content.get("due"))}
    return {"names" if kind == "don-vi" else "purposes": words}


POINTED_AT = {"trich-dan", "noi-dung", "don-vi", "muc-dich"}


def merged(data: QueryDict, current: Mapping[str, str]) -> dict[str, str]:
    """Mine, with the fields for which the officer chose the current version (P6, "Gộp")."""
    mine = {name: str(data[name]) for name in data}
    chosen = {name: text for name, text in current.items() if data.get(f"chon-{name}") == "theirs"}
    return mine | chosen


def _count(data: Mapping[str, Any] | None, name: str, read: list[Any], told: list[Any]) -> int:
    """How many there are, besides the blank one at the end; the form says, within reason."""
    if data is None:
        return len(told)
    said = str(data.get(name, ""))
    added = int(said) if said.isascii() and said.isdigit() and len(said) < 6 else len(told)
    return min(max(added, len(read)), len(read) + MOST_ADDED)


def _places(items: list[dict[str, Any]], count: int) -> Iterator[tuple[int, dict[str, Any] | None]]:
    for place in range(count + 1):
        yield place, items[place] if place < min(count, len(items)) else None


def _blank(item: dict[str, Any] | None) -> dict[str, bool]:
    return {"empty_permitted": item is None, "use_required_attribute": False}


def _says_something(form: inputs.Form) -> bool:
    """Not the blank one at the end, or that one with something in it."""
    return not form.empty_permitted or form.has_changed()


def _identity(item: Mapping[str, Any]) -> dict[str, Any]:
    symbol = item.get("symbol") or item.get("number") or ""
    return {
        "type": item.get("type") or "",
        "symbol": symbol,
        "date": _shown(item.get("date")),
        "issuer": item.get("issuer") or "",
        "subject": item.get("subject") or "",
    }


def _citation(item: Mapping[str, Any] | None) -> dict[str, Any]:
    if item is None:
        return {}
    state = {"kept": item.get("kept", True), "seen": item.get("seen", False)}
    return (
        _identity(item) | state | {"relation": item["relation"], "paper": item.get("paper") or ""} | _at(item)
    )


def _content(item: Mapping[str, Any] | None) -> dict[str, Any]:
    if item is None:
        return {}
    numbers = ", ".join(str(place + 1) for place in item["citations"])
    state = {"kept": item.get("kept", True), "seen": item.get("seen", False)}
    named = {"owner": item.get("owner") or "", "due": _due_shown(item.get("due"))}
    return state | named | {"text": item["text"], "citations": numbers} | _at(item)


def _aims(told: Mapping[str, Any]) -> dict[str, Any]:
    units = told["units"]
    seen = told.get("seen", {})
    return {
        "seen_units": seen.get("units", False),
        "seen_purposes": seen.get("purposes", False),
        "count": units["count"],
        "kind": units["kind"] or "",
        "names": "\n".join(units["names"]),
        "purposes": "\n".join(told["purposes"]),
    }


def _dateline(told: Mapping[str, Any] | None) -> dict[str, Any]:
    told = told or {}
    found = {name: told.get(name) or "" for name in ("time", "author", "source")}
    return found | {"date": _shown(told.get("date"))}


def _at(item: Mapping[str, Any]) -> dict[str, str]:
    start, end = item.get("start"), item.get("end")
    return {"place": "" if start is None or end is None else f"{start}-{end}"}


def _due_shown(due: str | None) -> str:
    """A day as officials write it; words as they stand."""
    return _shown(due) if due and _ISO.fullmatch(due) else due or ""


def _paper(chosen: str) -> int | str:
    return int(chosen) if chosen.isdigit() else chosen


def _shown(iso: str | None) -> str:
    day = Day.read(iso)
    if day.first is None:
        return ""
    if day.precision == "DAY":
        return day_text(day.first)
    return f"{day.first.month}/{day.first.year}" if day.precision == "MONTH" else str(day.first.year)


def _told(told: Mapping[str, Any], base: Mapping[str, Any]) -> dict[str, Any]:
    """The schema's parts of an identity; a date left as it was read keeps its precision."""
    typed = told.get("symbol") or ""
    bare = typed.isdigit()
    day = told.get("date")
    precision = base.get("date_precision") if day == base.get("date") else None
    return {
        "type": told.get("type") or "",
        "number": number_of(typed) or None,
        "symbol": None if bare else typed or None,
        "date": day,
        "date_precision": precision or {10: "day", 7: "month", 4: "year"}.get(len(day or ""), "none"),
        "issuer": told.get("issuer") or None,
        "subject": told.get("subject") or None,
    }


def _lines(typed: str) -> list[str]:
    return [line.strip() for line in typed.splitlines() if line.strip()]


def _place(text: str, passage: str) -> dict[str, int | None]:
    """Where a passage typed by hand stands in the text, if it does."""
    start = text.find(passage) if passage else -1
    if start < 0:
        return {"start": None, "end": None}
    return {"start": start, "end": start + len(passage)}


def _selected(text: str, typed: str) -> dict[str, int] | None:
    """The passage an officer selected, if it lies in the text."""
    found = _STRETCH.fullmatch(typed)
    if found is None or not int(found[1]) < int(found[2]) <= len(text):
        return None
    return {"start": int(found[1]), "end": int(found[2])}


def _as_sent(value: Any) -> str:
    if isinstance(value, bool):
        return "on" if value else ""
    if isinstance(value, int):
        return number_text(value)
    return "" if value is None else str(value)
