"""Sealed minutes are amended by papers of their own; what is proposed never changes, what is sealed never."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from dondoc.audit.freezing import Freeze, Shut

_FINAL = "(SELECT a.status FROM minutes_amendment a WHERE a.id = NEW.amendment_id) IN ('SEALED', 'DROPPED')"


class Migration(migrations.Migration):
    dependencies = [
        ("files", "0001_begin"),
        ("minutes", "0004_samples_are_sealed"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Amendment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("PROPOSED", "Chờ đơn vị ký"),
                            ("UNIT_SIGNED", "Chờ Trưởng đoàn ký"),
                            ("SEALED", "Đã chốt"),
                            ("DROPPED", "Đã bỏ"),
                        ],
                        default="PROPOSED",
                        max_length=11,
                        verbose_name="trạng thái",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="lần sửa đổi")),
                ("reason", models.TextField(verbose_name="lý do sửa đổi")),
                ("changes", models.JSONField(verbose_name="chỗ sửa")),
                ("drafted_at", models.DateTimeField(verbose_name="lập lúc")),
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
                    "minutes",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="amendments",
                        to="minutes.minutes",
                        verbose_name="biên bản",
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
            ],
            options={
                "verbose_name": "bản sửa đổi biên bản",
                "ordering": ("minutes_id", "number", "pk"),
            },
        ),
        migrations.CreateModel(
            name="AmendmentSignature",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "side",
                    models.CharField(
                        choices=[("UNIT", "đơn vị"), ("TEAM", "đoàn kiểm tra")],
                        max_length=4,
                        verbose_name="bên",
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("DRAWN", "ký tay trên máy"),
                            ("TYPED", "ghi họ tên và xác nhận"),
                            ("SCANNED", "ký trên giấy, đã quét"),
                        ],
                        max_length=7,
                        verbose_name="cách ký",
                    ),
                ),
                ("name", models.CharField(max_length=160, verbose_name="họ và tên")),
                ("post", models.CharField(blank=True, max_length=160, verbose_name="chức vụ")),
                ("reservations", models.TextField(blank=True, verbose_name="ý kiến bảo lưu")),
                ("strokes", models.JSONField(blank=True, default=list, verbose_name="nét ký")),
                ("at", models.DateTimeField(verbose_name="ký lúc")),
                (
                    "amendment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signatures",
                        to="minutes.amendment",
                        verbose_name="bản sửa đổi biên bản",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người ký hoặc người khai",
                    ),
                ),
            ],
            options={
                "verbose_name": "chữ ký bản sửa đổi",
            },
        ),
        migrations.AddConstraint(
            model_name="amendment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "DROPPED"), _negated=True),
                fields=("minutes", "number"),
                name="amendments_follow_one_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="amendmentsignature",
            constraint=models.UniqueConstraint(
                fields=("amendment", "side"), name="each_side_signs_an_amendment_once"
            ),
        ),
        Freeze("minutes_amendment", besides=("status", "dossier", "sealed", "docx_id", "pdf_id")),
        Freeze("minutes_amendment", when="OLD.status IN ('SEALED', 'DROPPED')", called="final"),
        Freeze("minutes_amendmentsignature"),
        Shut("minutes_amendmentsignature", when=_FINAL, column="amendment_id"),
    ]
