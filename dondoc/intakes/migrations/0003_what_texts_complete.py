"""A text may be brought in for one entry of the register that waits for its copy."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directives", "0006_entries_put_right"),
        ("intakes", "0002_reading_apart"),
    ]

    operations = [
        migrations.AddField(
            model_name="intake",
            name="completes",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="directives.directive",
                verbose_name="bản văn của mục",
            ),
        ),
        migrations.AddField(
            model_name="intake",
            name="completes_anyway",
            field=models.BooleanField("người xác nhận nói đúng là mục ấy", default=False),
        ),
    ]
