"""Plans and contents point at the room of criteria; nothing changes in the database."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("criteria", "0001_begin"), ("programmes", "0004_criteria_leave")]
    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    "programme",
                    "criteria",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="programmes",
                        to="criteria.criteriaset",
                        verbose_name="bộ tiêu chí",
                    ),
                ),
                migrations.AlterField(
                    "content",
                    "criteria",
                    models.ManyToManyField(
                        blank=True,
                        related_name="contents",
                        to="criteria.criterion",
                        verbose_name="tiêu chí",
                    ),
                ),
                migrations.DeleteModel("Criterion"),
                migrations.DeleteModel("CriteriaSet"),
            ]
        )
    ]
