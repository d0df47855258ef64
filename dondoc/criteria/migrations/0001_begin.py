"""Criteria sets come from the room of plans with their rows; the triggers that keep them final stand anew."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from dondoc.audit.freezing import Freeze, Shut

_ISSUED = "(SELECT s.issued_at FROM criteria_criteriaset s WHERE s.id = {row}.criteria_id) IS NOT NULL"
_KINDS = ("criteriaset", "criterion")


def come(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    _rename(apps, "programmes", "criteria")


def go(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    _rename(apps, "criteria", "programmes")


def _rename(apps: StateApps, old: str, new: str) -> None:
    kinds = apps.get_model("contenttypes", "ContentType").objects
    kinds.filter(app_label=old, model__in=_KINDS).update(app_label=new)


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        ("programmes", "0004_criteria_leave"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="CriteriaSet",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=60, verbose_name="mã bộ tiêu chí")),
                        ("version", models.PositiveSmallIntegerField(default=1, verbose_name="phiên bản")),
                        ("title", models.CharField(max_length=200, verbose_name="tên")),
                        ("source", models.TextField(verbose_name="nguồn")),
                        (
                            "status",
                            models.CharField(
                                choices=[("DRAFT", "Nháp"), ("ISSUED", "Đã ban hành")],
                                default="DRAFT",
                                max_length=10,
                                verbose_name="trạng thái",
                            ),
                        ),
                        (
                            "issued_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="ban hành lúc"),
                        ),
                        (
                            "issued_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="người ban hành",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "bộ tiêu chí",
                        "ordering": ("code", "-version"),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("code", "version"), name="criteria_version_exists_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("issued_at__isnull", True),
                                    ("issued_by__isnull", True),
                                )
                                | models.Q(("issued_at__isnull", False), ("issued_by__isnull", False)),
                                name="issued_criteria_know_when_and_by_whom",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Criterion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=20, verbose_name="mã")),
                        ("position", models.PositiveSmallIntegerField(verbose_name="thứ tự")),
                        ("field", models.CharField(max_length=10, verbose_name="mã lĩnh vực")),
                        ("field_name", models.CharField(max_length=160, verbose_name="lĩnh vực")),
                        ("text", models.TextField(verbose_name="nội dung kiểm tra")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("yes_no", "có/không"),
                                    ("yes_partial_no", "có/một phần/không"),
                                    ("count", "số đếm"),
                                    ("percent", "tỷ lệ"),
                                    ("date", "ngày"),
                                    ("text", "mô tả"),
                                ],
                                max_length=16,
                                verbose_name="cách trả lời",
                            ),
                        ),
                        ("measure", models.CharField(blank=True, max_length=40, verbose_name="đơn vị tính")),
                        ("numerator", models.CharField(blank=True, max_length=200, verbose_name="tử số")),
                        ("denominator", models.CharField(blank=True, max_length=200, verbose_name="mẫu số")),
                        ("comparison", models.CharField(blank=True, max_length=2, verbose_name="so sánh")),
                        (
                            "done_from",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=12,
                                null=True,
                                verbose_name="ngưỡng đạt",
                            ),
                        ),
                        (
                            "limited_from",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=12,
                                null=True,
                                verbose_name="ngưỡng hạn chế",
                            ),
                        ),
                        (
                            "sample_size",
                            models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="cỡ mẫu"),
                        ),
                        (
                            "may_not_apply",
                            models.BooleanField(default=False, verbose_name="có thể không phát sinh"),
                        ),
                        ("evidence", models.TextField(blank=True, verbose_name="tài liệu kiểm chứng")),
                        ("done_when", models.TextField(blank=True, verbose_name="đạt khi")),
                        ("limited_when", models.TextField(blank=True, verbose_name="hạn chế khi")),
                        ("not_done_when", models.TextField(blank=True, verbose_name="chưa đạt khi")),
                        ("weight", models.PositiveSmallIntegerField(default=1, verbose_name="trọng số")),
                        ("is_key", models.BooleanField(default=False, verbose_name="tiêu chí then chốt")),
                        (
                            "unannounced",
                            models.BooleanField(default=False, verbose_name="dùng khi kiểm tra đột xuất"),
                        ),
                        (
                            "answered_by",
                            models.CharField(blank=True, max_length=160, verbose_name="người trả lời"),
                        ),
                        (
                            "checked_by",
                            models.CharField(blank=True, max_length=160, verbose_name="người kiểm tra"),
                        ),
                        ("legal_basis", models.TextField(blank=True, verbose_name="căn cứ pháp lý")),
                        (
                            "threshold_source",
                            models.CharField(blank=True, max_length=200, verbose_name="nguồn của ngưỡng"),
                        ),
                        (
                            "criteria",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="items",
                                to="criteria.criteriaset",
                                verbose_name="bộ tiêu chí",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "tiêu chí",
                        "ordering": ("criteria_id", "position"),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("criteria", "code"), name="criterion_code_stands_once_in_a_set"
                            ),
                            models.UniqueConstraint(
                                fields=("criteria", "position"), name="criterion_place_is_taken_once"
                            ),
                        ],
                    },
                ),
            ]
        ),
        Freeze("criteria_criteriaset", when="OLD.issued_at IS NOT NULL"),
        Freeze("criteria_criterion", when=_ISSUED.format(row="OLD")),
        Shut("criteria_criterion", when=_ISSUED.format(row="NEW"), column="criteria_id"),
        migrations.RunPython(come, go),
    ]
