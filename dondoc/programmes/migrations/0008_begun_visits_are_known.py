"""Units already know of unannounced visits that have begun."""

from typing import Any

from django.db import migrations


def know(apps: Any, editor: Any) -> None:
    begun = apps.get_model("inspections", "Inspection").objects.filter(
        unannounced=True, begun_at__isnull=False
    )
    slots = apps.get_model("programmes", "Slot").objects
    for visit in begun.iterator():
        slots.filter(
            covered__programme=visit.programme_id, covered__unit=visit.unit_id, unannounced=True
        ).update(known_at=visit.begun_at)


class Migration(migrations.Migration):
    dependencies = [
        ("programmes", "0007_moves_and_notices_kept"),
        ("inspections", "0001_begin"),
    ]
    operations = [migrations.RunPython(know, migrations.RunPython.noop)]
