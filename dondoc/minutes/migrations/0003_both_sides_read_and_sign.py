"""Who signs has opened the text; each side signs apart, or on paper that is scanned."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from dondoc.audit.freezing import Freeze, Lift, Shut

_OF_MINUTES = "(SELECT m.sealed FROM minutes_minutes m WHERE m.id = {row}.minutes_id) <> ''"


class Migration(migrations.Migration):
    dependencies = [
        ("files", "0001_begin"),
        ("minutes", "0002_what_a_seal_covers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Lift(Freeze("minutes_minutes", when="OLD.sealed <> ''")),
        migrations.AddField(
            model_name="minutes",
            name="scan",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="files.storedfile",
                verbose_name="bản ký tay đã quét",
            ),
        ),
        migrations.CreateModel(
            name="Reading",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("handing", models.PositiveBigIntegerField(verbose_name="lần trình ký")),
                ("at", models.DateTimeField(verbose_name="mở đọc lúc")),
                (
                    "minutes",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="readings",
                        to="minutes.minutes",
                        verbose_name="biên bản",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người đọc",
                    ),
                ),
            ],
            options={
                "verbose_name": "lần mở đọc biên bản",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("minutes", "person", "handing"), name="minutes_are_opened_once_per_handing"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Signature",
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
                ("opened_at", models.DateTimeField(blank=True, null=True, verbose_name="mở đọc lúc")),
                ("at", models.DateTimeField(verbose_name="ký lúc")),
                (
                    "minutes",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signatures",
                        to="minutes.minutes",
                        verbose_name="biên bản",
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
                "verbose_name": "chữ ký",
                "constraints": [
                    models.UniqueConstraint(fields=("minutes", "side"), name="each_side_signs_once"),
                    models.CheckConstraint(
                        condition=models.Q(("way", "SCANNED"), ("opened_at__isnull", False), _connector="OR"),
                        name="a_signature_on_the_device_follows_a_reading",
                    ),
                ],
            },
        ),
        Freeze("minutes_minutes", when="OLD.sealed <> ''"),
        Freeze("minutes_reading", when=_OF_MINUTES.format(row="OLD")),
        Freeze("minutes_signature", when=_OF_MINUTES.format(row="OLD")),
        Shut("minutes_reading", when=_OF_MINUTES.format(row="NEW"), column="minutes_id"),
        Shut("minutes_signature", when=_OF_MINUTES.format(row="NEW"), column="minutes_id"),
    ]
