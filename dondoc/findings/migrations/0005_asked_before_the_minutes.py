"""The unit is asked before the minutes, answers point by point, and the team decides."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from dondoc.audit.freezing import Freeze


class Migration(migrations.Migration):
    dependencies = [
        ("files", "0001_begin"),
        ("findings", "0004_asked_is_final"),
        ("inspections", "0007_asked_and_kept_once"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="FeedbackPoint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("told", models.TextField(verbose_name="nội dung xin ý kiến")),
                (
                    "word",
                    models.CharField(
                        choices=[
                            ("WAITING", "Chờ ý kiến của đơn vị"),
                            ("AGREED", "Đơn vị nhất trí"),
                            ("EXPLAINED", "Đơn vị giải trình"),
                            ("SILENT", "Không có ý kiến trong hạn"),
                        ],
                        default="WAITING",
                        max_length=9,
                        verbose_name="ý kiến",
                    ),
                ),
                ("opinion", models.TextField(blank=True, verbose_name="giải trình của đơn vị")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="trả lời lúc")),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[("KEPT", "Đoàn giữ nguyên"), ("CHANGED", "Đoàn đã sửa")],
                        max_length=7,
                        verbose_name="quyết định của đoàn",
                    ),
                ),
                ("decided_why", models.TextField(blank=True, verbose_name="lý do của đoàn")),
                ("decided_told", models.TextField(blank=True, verbose_name="nội dung khi quyết định")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="quyết định lúc")),
                (
                    "answer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inspections.answer",
                        verbose_name="tiêu chí",
                    ),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người trả lời",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người quyết định",
                    ),
                ),
                (
                    "finding",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="feedback",
                        to="findings.finding",
                        verbose_name="phát hiện",
                    ),
                ),
            ],
            options={
                "verbose_name": "điểm xin ý kiến",
                "ordering": ("round_id", "pk"),
            },
        ),
        migrations.CreateModel(
            name="FeedbackFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("brought_at", models.DateTimeField(verbose_name="nộp lúc")),
                (
                    "brought_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người nộp",
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
                (
                    "point",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="findings.feedbackpoint",
                        verbose_name="điểm xin ý kiến",
                    ),
                ),
            ],
            options={
                "verbose_name": "tài liệu giải trình",
                "ordering": ("point_id", "pk"),
            },
        ),
        migrations.CreateModel(
            name="FeedbackRound",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="lần")),
                ("due_on", models.DateField(verbose_name="hạn trả lời")),
                ("asked_at", models.DateTimeField(verbose_name="xin ý kiến lúc")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="kết thúc lúc")),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người xin ý kiến",
                    ),
                ),
                (
                    "inspection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="feedback_rounds",
                        to="inspections.inspection",
                        verbose_name="cuộc kiểm tra",
                    ),
                ),
            ],
            options={
                "verbose_name": "lần xin ý kiến đơn vị",
                "ordering": ("inspection_id", "number"),
            },
        ),
        migrations.AddField(
            model_name="feedbackpoint",
            name="round",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="points",
                to="findings.feedbackround",
                verbose_name="lần xin ý kiến",
            ),
        ),
        migrations.AddConstraint(
            model_name="feedbackround",
            constraint=models.UniqueConstraint(
                fields=("inspection", "number"), name="feedback_is_asked_in_turn"
            ),
        ),
        migrations.AddConstraint(
            model_name="feedbackpoint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer__isnull", True), ("finding__isnull", False)),
                    models.Q(("answer__isnull", False), ("finding__isnull", True)),
                    _connector="OR",
                ),
                name="feedback_is_about_an_item_or_a_finding",
            ),
        ),
        migrations.AddConstraint(
            model_name="feedbackpoint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("word", "EXPLAINED"), _negated=True),
                    models.Q(("opinion", ""), _negated=True),
                    _connector="OR",
                ),
                name="an_explanation_has_words",
            ),
        ),
        migrations.AddConstraint(
            model_name="feedbackpoint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decision", ""), models.Q(("decided_why", ""), _negated=True), _connector="OR"
                ),
                name="a_decision_has_a_reason",
            ),
        ),
        Freeze("findings_feedbackfile"),
    ]
