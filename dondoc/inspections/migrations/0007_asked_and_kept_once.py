"""Items may wait for other answers, documents are kept once, a return says why item by item.

The column ``asked`` is added as the database does it by itself: Django would make the table anew on SQLite and
lose the triggers that guard it. The guards of sealed rows are put up anew, so that they hold the new columns.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from dondoc.audit.freezing import Freeze, Lift

_SEALED = "EXISTS (SELECT 1 FROM minutes_minutes m WHERE m.inspection_id = {inspection} AND m.sealed <> '')"
_OF_ANSWER = "(SELECT a.inspection_id FROM inspections_answer a WHERE a.id = OLD.answer_id)"
_GUARDS = (
    Freeze("inspections_answer", when=_SEALED.format(inspection="OLD.inspection_id")),
    Freeze("inspections_evidence", when=_SEALED.format(inspection=_OF_ANSWER)),
    Freeze("inspections_selfreport", when=_SEALED.format(inspection="OLD.inspection_id")),
)


class Migration(migrations.Migration):
    dependencies = [
        ("files", "0001_begin"),
        ("inspections", "0006_minutes_left"),
        ("minutes", "0002_what_a_seal_covers"),
        ("units", "0001_begin"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        *(Lift(guard) for guard in _GUARDS),
        migrations.RunSQL(
            "ALTER TABLE inspections_answer ADD COLUMN asked bool NOT NULL DEFAULT true",
            "ALTER TABLE inspections_answer DROP COLUMN asked",
            state_operations=[
                migrations.AddField(
                    "answer",
                    "asked",
                    models.BooleanField(db_default=True, default=True, verbose_name="có hỏi"),
                )
            ],
        ),
        migrations.AddField(
            "selfreport",
            "returned_reasons",
            models.JSONField(blank=True, null=True, verbose_name="lý do từng tiêu chí"),
        ),
        migrations.CreateModel(
            name="EvidenceDocument",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="tên tài liệu")),
                ("symbol", models.CharField(blank=True, max_length=60, verbose_name="số, ký hiệu")),
                ("issued_on", models.DateField(blank=True, null=True, verbose_name="ngày ban hành")),
                ("expires_on", models.DateField(blank=True, null=True, verbose_name="hết hiệu lực từ ngày")),
                ("version", models.PositiveSmallIntegerField(default=1, verbose_name="bản")),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.storedfile",
                        verbose_name="tệp",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence_documents",
                        to="units.unit",
                        verbose_name="đơn vị",
                    ),
                ),
            ],
            options={
                "verbose_name": "tài liệu của đơn vị",
                "verbose_name_plural": "tài liệu của đơn vị",
                "ordering": ("unit_id", "title", "pk"),
            },
        ),
        migrations.CreateModel(
            name="EvidenceVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="bản")),
                ("why", models.CharField(blank=True, max_length=300, verbose_name="lý do thay")),
                ("added_at", models.DateTimeField(verbose_name="thêm lúc")),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người thêm",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="inspections.evidencedocument",
                        verbose_name="tài liệu",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.storedfile",
                        verbose_name="tệp",
                    ),
                ),
            ],
            options={
                "verbose_name": "bản của tài liệu",
                "ordering": ("document_id", "-number"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("document", "number"), name="document_version_exists_once"
                    )
                ],
            },
        ),
        migrations.AddField(
            "evidence",
            "document",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="uses",
                to="inspections.evidencedocument",
                verbose_name="tài liệu của đơn vị",
            ),
        ),
        *_GUARDS,
    ]
