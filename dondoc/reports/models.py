"""What leaves the house: consolidated reports from a frozen snapshot, and copies for the public."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from dondoc.papers.models import Paper
from dondoc.programmes.models import Programme
from dondoc.reports.querysets import PublicationQuerySet, ReportQuerySet


class Report(models.Model):
    """The consolidated report of one programme (báo cáo tổng hợp)."""

    class Status(models.TextChoices):
        DRAFT = "DRAFT", "Dự thảo"
        SUBMITTED = "SUBMITTED", "Chờ phê duyệt"
        ISSUED = "ISSUED", "Đã ban hành"

    status = models.CharField("trạng thái", max_length=10, choices=Status.choices, default=Status.DRAFT)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="reports", verbose_name="kế hoạch")
    snapshot = models.JSONField("số liệu đóng băng")
    frozen_at = models.DateTimeField("đóng băng lúc")
    overview = models.TextField("đánh giá chung", blank=True)
    proposals = models.TextField("kiến nghị và nhiệm vụ kỳ tới", blank=True)
    version = models.PositiveIntegerField("lần lưu", default=1)
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người lập"
    )
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người trình",
    )
    returned_why = models.TextField("lý do trả lại", blank=True)
    paper = models.OneToOneField(
        Paper,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="report",
        verbose_name="văn bản đã ban hành",
    )
    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = "báo cáo tổng hợp"
        ordering = ("-frozen_at",)
        constraints = [
            models.UniqueConstraint(
                name="one_open_report_per_programme",
                fields=["programme"],
                condition=~Q(status="ISSUED"),
                violation_error_message="Kế hoạch này đang có một báo cáo dự thảo.",
            )
        ]

    def __str__(self) -> str:
        return f"Báo cáo tổng hợp, {self.programme}"


class Publication(models.Model):
    """A copy shown to the public, never a live row. Sample results never get here; sample papers say so."""

    class Kind(models.TextChoices):
        PAPER = "PAPER", "văn bản"
        RESULTS = "RESULTS", "kết quả kiểm tra"

    kind = models.CharField("loại", max_length=8, choices=Kind.choices)
    slug = models.SlugField("đường dẫn", max_length=120, unique=True)
    title = models.CharField("tiêu đề", max_length=300)
    content = models.JSONField("nội dung")
    about = models.CharField("bản gốc", max_length=80)
    published_at = models.DateTimeField("công bố lúc")
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người công bố"
    )
    withdrawn_at = models.DateTimeField("rút lúc", null=True, blank=True)
    withdrawn_why = models.TextField("lý do rút", blank=True)
    is_sample = models.BooleanField("dữ liệu mẫu", default=False)
    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = "bản công bố"
        ordering = ("-published_at",)
        constraints = [
            models.CheckConstraint(
                name="sample_results_are_never_published", condition=~Q(kind="RESULTS", is_sample=True)
            )
        ]

    def __str__(self) -> str:
        return self.title
