"""A calendar remembers what it showed: a visit taken out of it stands as cancelled for a while."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("programmes", "0009_feeds_of_people")]

    operations = [
        migrations.AddField(
            model_name="feed",
            name="given",
            field=models.JSONField(blank=True, default=dict, verbose_name="đã cho xem"),
        ),
    ]
