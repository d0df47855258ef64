"""A notice that is out, and what it says was found, never change."""

from django.db import migrations

from dondoc.audit.freezing import Freeze


class Migration(migrations.Migration):
    dependencies = [("findings", "0001_begin")]
    operations = [
        Freeze("findings_conclusion", when="OLD.paper_id IS NOT NULL"),
        Freeze("findings_finding", when="OLD.status = 'NOTIFIED'", besides=("put_right_on",)),
    ]
