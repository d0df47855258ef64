"""Entries can be corrected, each over the version that was seen, and two of one paper become one."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("directives", "0005_words_to_search")]

    operations = [
        migrations.AddField(
            model_name="directive",
            name="version",
            field=models.PositiveIntegerField("lần lưu", default=1),
        ),
        migrations.CreateModel(
            name="Former",
            fields=[
                ("key", models.PositiveBigIntegerField("mã cũ", primary_key=True, serialize=False)),
                (
                    "directive",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="formers",
                        to="directives.directive",
                        verbose_name="nay là văn bản",
                    ),
                ),
            ],
            options={"verbose_name": "mục đã gộp"},
        ),
    ]
