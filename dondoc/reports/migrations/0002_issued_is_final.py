"""An issued report keeps its numbers and words."""

from django.db import migrations

from dondoc.audit.freezing import Freeze


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_begin")]
    operations = [Freeze("reports_report", when="OLD.paper_id IS NOT NULL")]
