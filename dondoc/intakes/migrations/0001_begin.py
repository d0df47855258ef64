"""Papers being read leave the room of the register; their table and rows come along."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("directives", "0003_intakes_leave"),
        ("files", "0001_begin"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="Intake",
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
                                    ("WAITING", "Chờ xác nhận"),
                                    ("CONFIRMED", "Đã vào sổ"),
                                    ("DROPPED", "Đã bỏ"),
                                ],
                                default="WAITING",
                                max_length=10,
                                verbose_name="trạng thái",
                            ),
                        ),
                        ("text", models.TextField(verbose_name="toàn văn")),
                        (
                            "digest",
                            models.CharField(
                                db_index=True,
                                default="",
                                editable=False,
                                max_length=64,
                                verbose_name="vân tay toàn văn",
                            ),
                        ),
                        ("reading", models.JSONField(verbose_name="bản đọc được")),
                        ("corrected", models.JSONField(blank=True, null=True, verbose_name="bản đã sửa")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="lần lưu")),
                        ("brought_at", models.DateTimeField(verbose_name="đưa vào lúc")),
                        (
                            "brought_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="người đưa vào",
                            ),
                        ),
                        (
                            "directive",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="intake",
                                to="directives.directive",
                                verbose_name="văn bản trong sổ",
                            ),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="files.storedfile",
                                verbose_name="tệp",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "văn bản chờ đọc",
                        "ordering": ("-brought_at",),
                        "db_table": "directives_intake",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("status", "WAITING"), models.Q(("digest", ""), _negated=True)
                                ),
                                fields=("digest",),
                                name="one_text_waits_once",
                                violation_error_message="Nội dung này đang chờ xác nhận.",
                            )
                        ],
                    },
                ),
            ],
        ),
        migrations.AlterModelTable(name="intake", table=None),
    ]
