"""Papers being read have a room of their own now; nothing changes in the tables here."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("directives", "0002_find_and_match")]

    operations = [
        migrations.SeparateDatabaseAndState(state_operations=[migrations.DeleteModel(name="Intake")]),
    ]
