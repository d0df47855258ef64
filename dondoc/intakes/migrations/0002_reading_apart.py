"""Files are read apart from the request that brought them, and many can come at once."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directives", "0003_intakes_leave"),
        ("files", "0001_begin"),
        ("intakes", "0001_begin"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="intake",
            name="as_another",
            field=models.BooleanField(default=False, verbose_name="người đưa vào nói là văn bản khác"),
        ),
        migrations.AddField(
            model_name="intake",
            name="doing",
            field=models.CharField(blank=True, max_length=120, verbose_name="việc đang làm"),
        ),
        migrations.AddField(
            model_name="intake",
            name="doubtful",
            field=models.BooleanField(default=True, verbose_name="còn chỗ chưa chắc"),
        ),
        migrations.AddField(
            model_name="intake",
            name="file_digest",
            field=models.CharField(
                db_index=True, default="", editable=False, max_length=64, verbose_name="vân tay tệp"
            ),
        ),
        migrations.AddField(
            model_name="intake",
            name="known",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="directives.directive",
                verbose_name="đã có trong sổ là",
            ),
        ),
        migrations.AddField(
            model_name="intake",
            name="notes",
            field=models.JSONField(blank=True, default=list, verbose_name="điều cần biết về bản chữ"),
        ),
        migrations.AddField(
            model_name="intake",
            name="origin",
            field=models.CharField(blank=True, max_length=300, verbose_name="chỗ của tệp trong thư mục"),
        ),
        migrations.AddField(
            model_name="intake",
            name="page",
            field=models.PositiveIntegerField(default=0, verbose_name="trang đang đọc"),
        ),
        migrations.AddField(
            model_name="intake",
            name="pages",
            field=models.PositiveIntegerField(default=0, verbose_name="số trang"),
        ),
        migrations.AddField(
            model_name="intake",
            name="problem",
            field=models.CharField(blank=True, max_length=1000, verbose_name="vì sao chưa đọc được"),
        ),
        migrations.AddField(
            model_name="intake",
            name="problem_code",
            field=models.CharField(blank=True, max_length=60, verbose_name="mã lý do"),
        ),
        migrations.AddField(
            model_name="intake",
            name="twin",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="intakes.intake",
                verbose_name="đang chờ ở",
            ),
        ),
        migrations.AlterField(
            model_name="intake",
            name="reading",
            field=models.JSONField(blank=True, default=dict, verbose_name="bản đọc được"),
        ),
        migrations.AlterField(
            model_name="intake",
            name="status",
            field=models.CharField(
                choices=[
                    ("READING", "Đang đọc"),
                    ("STOPPED", "Chưa đọc được"),
                    ("WAITING", "Chờ xác nhận"),
                    ("CONFIRMED", "Đã vào sổ"),
                    ("DROPPED", "Đã bỏ"),
                ],
                default="WAITING",
                max_length=10,
                verbose_name="trạng thái",
            ),
        ),
        migrations.AlterField(
            model_name="intake",
            name="text",
            field=models.TextField(blank=True, verbose_name="toàn văn"),
        ),
        migrations.CreateModel(
            name="Batch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="tên đợt")),
                ("announced", models.PositiveIntegerField(default=0, verbose_name="số tệp báo trước")),
                (
                    "passed_over",
                    models.PositiveIntegerField(default=0, verbose_name="số tệp hệ thống đã lướt qua"),
                ),
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
            ],
            options={
                "verbose_name": "đợt đọc nhiều văn bản",
                "ordering": ("-brought_at", "-pk"),
            },
        ),
        migrations.AddField(
            model_name="intake",
            name="batch",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="intakes",
                to="intakes.batch",
                verbose_name="đợt",
            ),
        ),
        migrations.AddConstraint(
            model_name="intake",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "READING"), models.Q(("file_digest", ""), _negated=True)),
                fields=("file_digest",),
                name="one_file_is_read_once",
                violation_error_message="Tệp này đang được đọc.",
            ),
        ),
        migrations.AddConstraint(
            model_name="intake",
            constraint=models.UniqueConstraint(
                condition=models.Q(("batch__isnull", False)),
                fields=("batch", "origin", "file_digest"),
                name="one_file_arrives_once",
                violation_error_message="Tệp này đã có trong đợt.",
            ),
        ),
        migrations.AddConstraint(
            model_name="intake",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "READING"), _negated=True), ("file__isnull", False), _connector="OR"
                ),
                name="what_is_being_read_has_a_file",
                violation_error_message="Chưa có tệp để đọc.",
            ),
        ),
        migrations.AddConstraint(
            model_name="intake",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "STOPPED"), _negated=True),
                    models.Q(("problem", ""), _negated=True),
                    _connector="OR",
                ),
                name="what_stopped_says_why",
                violation_error_message="Nói rõ vì sao chưa đọc được.",
            ),
        ),
        migrations.AddConstraint(
            model_name="intake",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status__in", ["WAITING", "CONFIRMED"]), _negated=True),
                    models.Q(("text", ""), _negated=True),
                    _connector="OR",
                ),
                name="what_waits_has_its_words",
                violation_error_message="Chưa có nội dung đã đọc.",
            ),
        ),
    ]
