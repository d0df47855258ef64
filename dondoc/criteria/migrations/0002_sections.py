"""Sets get a tree of sections, items their new kinds; the guards of what is issued stand aside meanwhile."""

import django.db.models.deletion
from django.db import migrations, models

from dondoc.audit.freezing import Freeze, Lift, Shut

_ISSUED = "(SELECT s.issued_at FROM criteria_criteriaset s WHERE s.id = {row}.criteria_id) IS NOT NULL"


class Migration(migrations.Migration):
    dependencies = [
        ("criteria", "0001_begin"),
        ("units", "0001_begin"),
    ]

    operations = [
        Lift(Shut("criteria_criterion", when=_ISSUED.format(row="NEW"), column="criteria_id")),
        Lift(Freeze("criteria_criterion", when=_ISSUED.format(row="OLD"))),
        Lift(Freeze("criteria_criteriaset", when="OLD.issued_at IS NOT NULL")),
        migrations.AddField(
            model_name="criteriaset",
            name="authority",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="units.unit",
                verbose_name="cơ quan lập",
            ),
        ),
        migrations.AddField(
            model_name="criterion",
            name="applies_to",
            field=models.JSONField(blank=True, default=list, verbose_name="loại đơn vị áp dụng"),
        ),
        migrations.AddField(
            model_name="criterion",
            name="evidence_required",
            field=models.BooleanField(default=False, verbose_name="bắt buộc tài liệu kiểm chứng"),
        ),
        migrations.AddField(
            model_name="criterion",
            name="hint",
            field=models.TextField(blank=True, verbose_name="hướng dẫn"),
        ),
        migrations.AddField(
            model_name="criterion",
            name="options",
            field=models.JSONField(blank=True, default=list, verbose_name="phương án hoặc cột"),
        ),
        migrations.AddField(
            model_name="criterion",
            name="shown_if",
            field=models.JSONField(blank=True, null=True, verbose_name="chỉ hỏi khi"),
        ),
        migrations.AlterField(
            model_name="criterion",
            name="kind",
            field=models.CharField(
                choices=[
                    ("yes_no", "có/không"),
                    ("yes_partial_no", "có/một phần/không"),
                    ("count", "số đếm"),
                    ("percent", "tỷ lệ"),
                    ("date", "ngày"),
                    ("text", "mô tả"),
                    ("choice", "chọn một phương án"),
                    ("table", "bảng kê"),
                    ("photo", "ảnh chụp"),
                    ("signature", "chữ ký"),
                ],
                max_length=16,
                verbose_name="cách trả lời",
            ),
        ),
        migrations.CreateModel(
            name="Section",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=20, verbose_name="mã mục")),
                ("title", models.CharField(max_length=160, verbose_name="tên mục")),
                ("position", models.PositiveSmallIntegerField(verbose_name="thứ tự")),
                (
                    "criteria",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sections",
                        to="criteria.criteriaset",
                        verbose_name="bộ tiêu chí",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="criteria.section",
                        verbose_name="thuộc mục",
                    ),
                ),
            ],
            options={
                "verbose_name": "mục của bộ tiêu chí",
                "ordering": ("criteria_id", "position"),
            },
        ),
        migrations.AddField(
            model_name="criterion",
            name="section",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="items",
                to="criteria.section",
                verbose_name="mục",
            ),
        ),
        migrations.AddConstraint(
            model_name="section",
            constraint=models.UniqueConstraint(
                fields=("criteria", "code"), name="section_code_stands_once_in_a_set"
            ),
        ),
        migrations.AddConstraint(
            model_name="section",
            constraint=models.UniqueConstraint(
                fields=("criteria", "position"), name="section_place_is_taken_once"
            ),
        ),
    ]
