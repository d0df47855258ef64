"""Minutes get a room of their own: their table takes its name, with the triggers that name it off meanwhile."""

from django.db import migrations, models

from dondoc.audit.freezing import Freeze, Lift

_SEALED = (
    "EXISTS (SELECT 1 FROM inspections_minutes m WHERE m.inspection_id = {inspection} AND m.sealed <> '')"
)
_OF_ANSWER = "(SELECT a.inspection_id FROM inspections_answer a WHERE a.id = OLD.answer_id)"


class Migration(migrations.Migration):
    dependencies = [("inspections", "0004_two_may_differ")]
    operations = [
        Lift(Freeze("inspections_minutes", when="OLD.sealed <> ''")),
        Lift(Freeze("inspections_answer", when=_SEALED.format(inspection="OLD.inspection_id"))),
        Lift(Freeze("inspections_evidence", when=_SEALED.format(inspection=_OF_ANSWER))),
        migrations.AlterModelTable("minutes", "minutes_minutes"),
        migrations.AddField(
            "inspection",
            "unit_signed_at",
            models.DateTimeField(blank=True, null=True, verbose_name="đơn vị ký biên bản lúc"),
        ),
        migrations.AddField(
            "inspection",
            "signed_at",
            models.DateTimeField(blank=True, null=True, verbose_name="biên bản chốt lúc"),
        ),
    ]
