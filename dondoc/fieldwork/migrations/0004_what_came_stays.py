"""What a phone brought is kept as it came: only what became of it is written afterwards."""

from django.db import migrations

from dondoc.audit.freezing import Freeze


class Migration(migrations.Migration):
    dependencies = [("fieldwork", "0003_signing_on_the_phone")]

    operations = [
        Freeze(
            "fieldwork_operation",
            besides=("outcome", "why", "version", "settled_at", "settled_by_id", "settled_how"),
        ),
    ]
