"""Search words stand between single blanks, and those of full texts in a table of their own."""

import re
import unicodedata

import django.db.models.deletion
from django.db import migrations, models

_TOKEN = re.compile(r"[a-z0-9]+")
_SHORT_FORMS = (("uy ban nhan dan", "ubnd"), ("hoi dong nhan dan", "hdnd"))
_AT_ONCE = 200


def _words(text):
    bare = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "d")).casefold()
    plain = "".join(char for char in bare if not unicodedata.combining(char))
    words = f" {' '.join(_TOKEN.findall(plain))} "
    for long, short in _SHORT_FORMS:
        if f" {long} " in words:
            words += f"{short} "
    return words


def fill(apps, schema_editor):
    Directive = apps.get_model("directives", "Directive")
    Inside = apps.get_model("directives", "Inside")
    changed, inside = [], []
    for row in Directive.objects.only("folded", "text").iterator(chunk_size=_AT_ONCE):
        row.folded = _words(row.folded)
        changed.append(row)
        if row.text:
            inside.append(Inside(directive=row, words=_words(row.text)))
        if len(changed) >= _AT_ONCE:
            _write(Directive, Inside, changed, inside)
            changed, inside = [], []
    _write(Directive, Inside, changed, inside)


def _write(Directive, Inside, changed, inside):
    Directive.objects.bulk_update(changed, ["folded"])
    Inside.objects.bulk_create(inside, ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("directives", "0004_how_papers_were_matched")]

    operations = [
        migrations.CreateModel(
            name="Inside",
            fields=[
                (
                    "directive",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="inside",
                        serialize=False,
                        to="directives.directive",
                    ),
                ),
                ("words", models.TextField(editable=False)),
            ],
            options={"verbose_name": "chữ trong văn bản"},
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
