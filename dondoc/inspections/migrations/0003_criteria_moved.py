"""Answers point at the room of criteria; nothing changes in the database."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("criteria", "0001_begin"), ("inspections", "0002_sealed_is_final")]
    run_before = [("programmes", "0005_criteria_left")]
    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    "selfreport",
                    "returned_items",
                    models.ManyToManyField(
                        blank=True,
                        related_name="+",
                        to="criteria.criterion",
                        verbose_name="tiêu chí phải bổ sung",
                    ),
                ),
                migrations.AlterField(
                    "answer",
                    "criterion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="criteria.criterion",
                        verbose_name="tiêu chí",
                    ),
                ),
            ]
        )
    ]
