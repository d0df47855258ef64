"""Work to be done outside a request: kept in the database, so a killed worker loses nothing."""

from django.db import models
from django.db.models import Q


class Job(models.Model):
    """One call of one task. Leased while it runs; when the lease ends without an answer, it runs again."""

    task = models.CharField("việc", max_length=120)
    arguments = models.JSONField("tham số", default=dict)
    key = models.CharField("khóa một lần", max_length=200, null=True, blank=True, unique=True)
    run_after = models.DateTimeField("chạy sau")
    attempts = models.PositiveSmallIntegerField("số lần đã chạy", default=0)
    leased_until = models.DateTimeField("giữ đến", null=True, blank=True)
    done_at = models.DateTimeField("xong lúc", null=True, blank=True)
    failed_at = models.DateTimeField("bỏ cuộc lúc", null=True, blank=True)
    error = models.TextField("lỗi", blank=True)

    class Meta:
        verbose_name = "việc chạy nền"
        indexes = [
            models.Index(
                fields=["run_after"],
                name="job_waiting",
                condition=Q(done_at__isnull=True, failed_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.task} {self.pk}"
