"""A leader's word on a conflict of interest, written once."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from dondoc.audit.freezing import Freeze


class Migration(migrations.Migration):
    dependencies = [
        ("programmes", "0010_feeds_remember"),
        ("units", "0001_begin"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Waiver",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("conflict", models.CharField(max_length=400, verbose_name="xung đột")),
                ("why", models.TextField(verbose_name="lý do vẫn cử")),
                ("at", models.DateTimeField(verbose_name="cho phép lúc")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người cho phép",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người được cử",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="waivers",
                        to="programmes.programme",
                        verbose_name="kế hoạch",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="units.unit",
                        verbose_name="đơn vị",
                    ),
                ),
            ],
            options={
                "verbose_name": "cho phép vẫn cử",
                "ordering": ("programme_id", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("programme", "person", "unit"), name="conflict_is_waived_once"
                    )
                ],
            },
        ),
        Freeze("programmes_waiver"),
    ]
