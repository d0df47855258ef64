"""Members confirm what they verified; that and the unit's word before the minutes are sealed with them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from dondoc.audit.freezing import Freeze, Shut

_SEALED = "EXISTS (SELECT 1 FROM minutes_minutes m WHERE m.inspection_id = {inspection} AND m.sealed <> '')"
_OF_ROUND = "(SELECT r.inspection_id FROM findings_feedbackround r WHERE r.id = {row}.round_id)"
_OF_POINT = (
    "(SELECT r.inspection_id FROM findings_feedbackround r JOIN findings_feedbackpoint p "
    "ON p.round_id = r.id WHERE p.id = {row}.point_id)"
)
_OWN = "{row}.inspection_id"


def _sealed(inspection: str, row: str) -> str:
    return _SEALED.format(inspection=inspection.format(row=row))


class Migration(migrations.Migration):
    dependencies = [
        ("inspections", "0007_asked_and_kept_once"),
        ("findings", "0005_asked_before_the_minutes"),
        ("minutes", "0005_amendments"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Confirmation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("items", models.PositiveIntegerField(verbose_name="số tiêu chí")),
                ("at", models.DateTimeField(verbose_name="xác nhận lúc")),
                (
                    "inspection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="confirmations",
                        to="inspections.inspection",
                        verbose_name="cuộc kiểm tra",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="thành viên",
                    ),
                ),
            ],
            options={
                "verbose_name": "xác nhận của thành viên",
                "ordering": ("inspection_id", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("inspection", "person"), name="a_member_confirms_one_part"
                    )
                ],
            },
        ),
        Freeze("minutes_confirmation", when=_sealed(_OWN, "OLD"), called="sealed"),
        Shut("minutes_confirmation", when=_sealed(_OWN, "NEW"), column="inspection_id"),
        Freeze("findings_feedbackround", when=_sealed(_OWN, "OLD"), called="sealed"),
        Shut("findings_feedbackround", when=_sealed(_OWN, "NEW"), column="inspection_id"),
        Freeze("findings_feedbackpoint", when=_sealed(_OF_ROUND, "OLD"), called="sealed"),
        Shut("findings_feedbackpoint", when=_sealed(_OF_ROUND, "NEW"), column="round_id"),
        Shut("findings_feedbackfile", when=_sealed(_OF_POINT, "NEW"), column="point_id"),
    ]
