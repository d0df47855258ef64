"""Minutes are no longer of this room; nothing changes in the database."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("inspections", "0005_minutes_leave"), ("minutes", "0001_begin")]
    operations = [migrations.SeparateDatabaseAndState(state_operations=[migrations.DeleteModel("Minutes")])]
