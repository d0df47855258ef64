"""An issued paper is never changed or removed."""

from django.db import migrations

from dondoc.audit.freezing import Freeze


class Migration(migrations.Migration):
    dependencies = [("papers", "0001_begin")]
    operations = [Freeze("papers_paper")]
