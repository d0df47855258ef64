"""What was asked to be put right at once, and what the unit answered, never change."""

from django.db import migrations

from dondoc.audit.freezing import Freeze


class Migration(migrations.Migration):
    dependencies = [("findings", "0003_ask_at_once")]
    operations = [
        Freeze("findings_immediaterequest", besides=("answered_at",)),
        Freeze("findings_immediatereply"),
    ]
