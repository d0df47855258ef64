"""Minutes come from the room of inspections with their rows; the triggers that keep what is sealed stand anew."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from django.db.models import OuterRef, Subquery

from dondoc.audit.freezing import Freeze

_SEALED = "EXISTS (SELECT 1 FROM minutes_minutes m WHERE m.inspection_id = {inspection} AND m.sealed <> '')"
_OF_ANSWER = "(SELECT a.inspection_id FROM inspections_answer a WHERE a.id = OLD.answer_id)"


def come(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """The kind takes the new name, and the visits learn how far their minutes had come."""
    _rename(apps, "inspections", "minutes")
    minutes = apps.get_model("minutes", "Minutes").objects
    own = minutes.filter(inspection=OuterRef("pk"))
    visits = apps.get_model("inspections", "Inspection").objects.filter(pk__in=minutes.values("inspection"))
    visits.update(
        unit_signed_at=Subquery(own.values("unit_signed_at")),
        signed_at=Subquery(own.values("head_signed_at")),
    )


def go(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    _rename(apps, "minutes", "inspections")


def _rename(apps: StateApps, old: str, new: str) -> None:
    kinds = apps.get_model("contenttypes", "ContentType").objects
    kinds.filter(app_label=old, model="minutes").update(app_label=new)


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        ("files", "0001_begin"),
        ("inspections", "0005_minutes_leave"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="Minutes",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("place", models.CharField(max_length=200, verbose_name="địa điểm")),
                        ("team_opinion", models.TextField(verbose_name="ý kiến của đoàn")),
                        ("unit_opinion", models.TextField(blank=True, verbose_name="ý kiến của đơn vị")),
                        ("reservations", models.TextField(blank=True, verbose_name="ý kiến bảo lưu")),
                        ("drafted_at", models.DateTimeField(verbose_name="lập lúc")),
                        (
                            "unit_signed_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="đơn vị ký lúc"),
                        ),
                        (
                            "head_signed_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="trưởng đoàn ký lúc"),
                        ),
                        ("dossier", models.JSONField(blank=True, null=True, verbose_name="hồ sơ đã chốt")),
                        ("sealed", models.CharField(blank=True, max_length=64, verbose_name="vân tay hồ sơ")),
                        (
                            "docx",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="files.storedfile",
                                verbose_name="bản Word",
                            ),
                        ),
                        (
                            "drafted_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="người lập",
                            ),
                        ),
                        (
                            "head_signed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="trưởng đoàn",
                            ),
                        ),
                        (
                            "inspection",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="minutes",
                                to="inspections.inspection",
                                verbose_name="cuộc kiểm tra",
                            ),
                        ),
                        (
                            "pdf",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="files.storedfile",
                                verbose_name="bản PDF",
                            ),
                        ),
                        (
                            "unit_signed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="đại diện đơn vị",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "biên bản",
                        "constraints": [
                            models.CheckConstraint(
                                name="unit_signature_has_a_person",
                                condition=models.Q(unit_signed_at__isnull=True, unit_signed_by__isnull=True)
                                | models.Q(unit_signed_at__isnull=False, unit_signed_by__isnull=False),
                            ),
                            models.CheckConstraint(
                                name="head_signature_has_a_person",
                                condition=models.Q(head_signed_at__isnull=True, head_signed_by__isnull=True)
                                | models.Q(head_signed_at__isnull=False, head_signed_by__isnull=False),
                            ),
                        ],
                    },
                ),
            ]
        ),
        Freeze("minutes_minutes", when="OLD.sealed <> ''"),
        Freeze("inspections_answer", when=_SEALED.format(inspection="OLD.inspection_id")),
        Freeze("inspections_evidence", when=_SEALED.format(inspection=_OF_ANSWER)),
        migrations.RunPython(come, go),
    ]
