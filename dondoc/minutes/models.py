"""The minutes of a visit: what both sides read, signed and sealed."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from dondoc.files.models import StoredFile
from dondoc.inspections.models import Inspection
from dondoc.minutes.querysets import MinutesQuerySet


class Minutes(models.Model):
    """The minutes of a visit, drafted from the data, agreed by both sides, then sealed."""

    former_kinds = ("inspections.minutes",)

    inspection = models.OneToOneField(
        Inspection, models.PROTECT, related_name="minutes", verbose_name="cuộc kiểm tra"
    )
    place = models.CharField("địa điểm", max_length=200)
    team_opinion = models.TextField("ý kiến của đoàn")
    unit_opinion = models.TextField("ý kiến của đơn vị", blank=True)
    reservations = models.TextField("ý kiến bảo lưu", blank=True)
    drafted_at = models.DateTimeField("lập lúc")
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người lập"
    )
    unit_signed_at = models.DateTimeField("đơn vị ký lúc", null=True, blank=True)
    unit_signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="đại diện đơn vị",
    )
    head_signed_at = models.DateTimeField("trưởng đoàn ký lúc", null=True, blank=True)
    head_signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="trưởng đoàn",
    )
    dossier = models.JSONField("hồ sơ đã chốt", null=True, blank=True)
    sealed = models.CharField("vân tay hồ sơ", max_length=64, blank=True)
    docx = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="bản Word"
    )
    pdf = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="bản PDF"
    )
    objects = MinutesQuerySet.as_manager()

    class Meta:
        verbose_name = "biên bản"
        constraints = [
            models.CheckConstraint(
                name="unit_signature_has_a_person",
                condition=Q(unit_signed_at__isnull=True, unit_signed_by__isnull=True)
                | Q(unit_signed_at__isnull=False, unit_signed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="head_signature_has_a_person",
                condition=Q(head_signed_at__isnull=True, head_signed_by__isnull=True)
                | Q(head_signed_at__isnull=False, head_signed_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Biên bản kiểm tra {self.inspection.unit}"
