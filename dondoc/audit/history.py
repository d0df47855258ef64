"""The record as people read it: the panel "Lịch sử" of a page."""

from django.db import models

from dondoc.audit.models import Event
from dondoc.audit.querysets import kinds_of
from dondoc.ui.screens import HistoryLine


def history_of(*things: models.Model) -> list[HistoryLine]:
    """Lines about these objects, oldest first; one query. Statuses are told in the words of their model."""
    words = {kind: _status_words(thing) for thing in things for kind in kinds_of(thing)}
    return [_line(event, words[event.object_kind]) for event in Event.objects.about_any(*things)]


def _line(event: Event, words: dict[str, str]) -> HistoryLine:
    before = words.get(event.status_from, event.status_from)
    after = words.get(event.status_to, event.status_to)
    return HistoryLine(event.at, event.actor_name, event.label, before, after, event.note)


def _status_words(thing: models.Model) -> dict[str, str]:
    fields = {field.name: field for field in thing._meta.get_fields() if isinstance(field, models.Field)}
    choices = fields["status"].flatchoices if "status" in fields else ()
    return {str(code): str(label) for code, label in choices}
