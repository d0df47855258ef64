"""What both sides sign on a phone at the visit is kept as it came, and sealed with the minutes."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from dondoc.audit.freezing import Freeze, Shut

_SEALED = "(SELECT m.sealed FROM minutes_minutes m WHERE m.inspection_id = NEW.inspection_id) <> ''"


class Migration(migrations.Migration):
    dependencies = [
        ("inspections", "0007_asked_and_kept_once"),
        ("minutes", "0006_members_confirm"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="amendmentsignature",
            name="way",
            field=models.CharField(
                choices=[
                    ("DRAWN", "ký tay trên máy"),
                    ("TYPED", "ghi họ tên và xác nhận"),
                    ("SCANNED", "ký trên giấy, đã quét"),
                    ("ONSITE", "ký tại chỗ trên máy của đoàn"),
                ],
                max_length=7,
                verbose_name="cách ký",
            ),
        ),
        migrations.AlterField(
            model_name="signature",
            name="way",
            field=models.CharField(
                choices=[
                    ("DRAWN", "ký tay trên máy"),
                    ("TYPED", "ghi họ tên và xác nhận"),
                    ("SCANNED", "ký trên giấy, đã quét"),
                    ("ONSITE", "ký tại chỗ trên máy của đoàn"),
                ],
                max_length=7,
                verbose_name="cách ký",
            ),
        ),
        migrations.CreateModel(
            name="OnsiteSignature",
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
                            ("ONSITE", "ký tại chỗ trên máy của đoàn"),
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
                ("operation", models.UUIDField(unique=True, verbose_name="mã thao tác")),
                ("device", models.CharField(max_length=120, verbose_name="thiết bị")),
                ("lines", models.JSONField(verbose_name="nội dung đã đọc")),
                ("digest", models.CharField(max_length=64, verbose_name="vân tay nội dung đã đọc")),
                ("received_at", models.DateTimeField(verbose_name="nhận lúc")),
                (
                    "inspection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="onsite_signatures",
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
                        verbose_name="người ký hoặc người khai",
                    ),
                ),
            ],
            options={
                "verbose_name": "chữ ký lấy tại chỗ",
                "ordering": ("inspection_id", "at", "pk"),
            },
        ),
        Freeze("minutes_onsitesignature"),
        Shut("minutes_onsitesignature", when=_SEALED, column="inspection_id"),
    ]
