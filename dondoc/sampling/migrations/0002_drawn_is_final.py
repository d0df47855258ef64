"""A fixed list, what was told for its draw, and what was drawn never change."""

from django.db import migrations

from dondoc.audit.freezing import Freeze

_TOLD = ("unit_number", "told_by", "told_at", "seed")
_DRAWN = ("drawn_at", "drawn_by_id")


class Migration(migrations.Migration):
    dependencies = [("sampling", "0001_begin")]
    operations = [
        Freeze("sampling_population", when="OLD.status = 'FIXED'"),
        Freeze("sampling_draw", besides=("status", *_TOLD, *_DRAWN)),
        Freeze("sampling_draw", when="OLD.status <> 'PLANNED'", besides=("status", *_DRAWN), called="seeded"),
        Freeze("sampling_draw", when="OLD.status = 'DRAWN'", called="drawn"),
        Freeze("sampling_drawn", besides=("result", "note", "checked_at", "checked_by_id")),
        Freeze("sampling_replacement"),
    ]
