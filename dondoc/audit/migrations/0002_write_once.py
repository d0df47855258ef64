"""The database itself refuses to change or remove a line of the record."""

from django.db import migrations

from dondoc.audit.freezing import Freeze


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_begin")]
    operations = [Freeze("audit_event")]
