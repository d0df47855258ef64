"""The end of the record is kept apart, so that lines cut off there are missed too."""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def note_the_end(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    last = apps.get_model("audit", "Event").objects.order_by("-number").first()
    if last is not None:
        apps.get_model("audit", "Tail").objects.create(pk=1, number=last.number, digest=last.digest)


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_write_once")]
    operations = [
        migrations.CreateModel(
            name="Tail",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveBigIntegerField(verbose_name="số thứ tự dòng cuối")),
                ("digest", models.CharField(max_length=64, verbose_name="vân tay dòng cuối")),
            ],
            options={"verbose_name": "cuối nhật ký"},
        ),
        migrations.RunPython(note_the_end, migrations.RunPython.noop),
    ]
