"""What a phone was given, and every change it brought back."""

import uuid

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from dondoc.fieldwork.querysets import DeviceQuerySet, OperationQuerySet
from dondoc.files.models import StoredFile
from dondoc.inspections.models import Answer, Inspection


class Device(models.Model):
    """One browser on one phone, of one person. A phone that was lost is revoked; it is never deleted."""

    public = models.UUIDField("mã thiết bị", unique=True, default=uuid.uuid4)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="devices", verbose_name="người dùng"
    )
    name = models.CharField("tên thiết bị", max_length=120)
    registered_at = models.DateTimeField("đăng ký lúc")
    seen_at = models.DateTimeField("gửi gần nhất lúc", null=True, blank=True)
    last_sequence = models.PositiveBigIntegerField("số thứ tự cuối", default=0)
    revoked_at = models.DateTimeField("thu hồi lúc", null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người thu hồi",
    )
    objects = DeviceQuerySet.as_manager()

    class Meta:
        verbose_name = "thiết bị"
        ordering = ("person_id", "-registered_at")
        constraints = [
            models.CheckConstraint(
                name="revoking_a_device_has_a_person",
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.person})"


class Package(models.Model):
    """That this phone holds a copy of this visit, until when."""

    device = models.ForeignKey(Device, models.PROTECT, related_name="packages", verbose_name="thiết bị")
    inspection = models.ForeignKey(
        Inspection, models.PROTECT, related_name="packages", verbose_name="cuộc kiểm tra"
    )
    issued_at = models.DateTimeField("tải lúc")
    valid_to = models.DateTimeField("dùng đến")

    class Meta:
        verbose_name = "gói thực địa"
        constraints = [
            models.UniqueConstraint(name="device_holds_a_visit_once", fields=["device", "inspection"])
        ]

    def __str__(self) -> str:
        return f"{self.inspection} trên {self.device}"


class Operation(models.Model):
    """One change made on a phone, kept as it came, whatever became of it."""

    class Kind(models.TextChoices):
        BEGIN = "BEGIN", "bắt đầu kiểm tra"
        VERIFY = "VERIFY", "ghi nhận tiêu chí"
        HEADCOUNT = "HEADCOUNT", "điểm danh"
        FINDING = "FINDING", "phát hiện"
        PHOTO = "PHOTO", "ảnh"
        SIGN = "SIGN", "ký biên bản"

    class Outcome(models.TextChoices):
        APPLIED = "APPLIED", "Đã nhận"
        REPLACED = "REPLACED", "Đã nhận, có lần ghi sau"
        CONFLICT = "CONFLICT", "Cần đối chiếu"
        EARLY = "EARLY", "Chờ bắt đầu kiểm tra"
        QUARANTINED = "QUARANTINED", "Để riêng"
        REFUSED = "REFUSED", "Không nhận được"
        OUTDATED = "OUTDATED", "Ký trên bản khác"

    id = models.UUIDField("mã thao tác", primary_key=True)
    device = models.ForeignKey(Device, models.PROTECT, related_name="operations", verbose_name="thiết bị")
    sequence = models.PositiveBigIntegerField("số thứ tự")
    inspection = models.ForeignKey(
        Inspection, models.PROTECT, related_name="operations", verbose_name="cuộc kiểm tra"
    )
    kind = models.CharField("loại", max_length=10, choices=Kind.choices)
    answer = models.ForeignKey(
        Answer, models.PROTECT, null=True, blank=True, related_name="operations", verbose_name="câu trả lời"
    )
    payload = models.JSONField("nội dung")
    base_version = models.PositiveIntegerField("ghi trên lần")
    device_time = models.DateTimeField("giờ trên máy", null=True, blank=True)
    happened_at = models.DateTimeField("ghi lúc", null=True, blank=True)
    received_at = models.DateTimeField("nhận lúc")
    outcome = models.CharField("kết quả", max_length=12, choices=Outcome.choices)
    why = models.TextField("lý do", blank=True)
    version = models.PositiveIntegerField("thành lần", null=True, blank=True)
    settled_at = models.DateTimeField("xử lý lúc", null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người xử lý",
    )
    settled_how = models.CharField("cách xử lý", max_length=300, blank=True)
    objects = OperationQuerySet.as_manager()

    class Meta:
        verbose_name = "thao tác từ máy"
        ordering = ("device_id", "sequence")
        indexes = [models.Index(fields=["inspection", "outcome"])]
        constraints = [
            models.UniqueConstraint(
                name="device_counts_each_operation_once",
                fields=["device", "sequence"],
                condition=~Q(outcome="QUARANTINED"),
            ),
            models.CheckConstraint(
                name="settling_an_operation_has_a_person",
                condition=Q(settled_at__isnull=True, settled_by__isnull=True)
                | Q(settled_at__isnull=False, settled_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} từ {self.device}"

    @property
    def code(self) -> str:
        """What the phone shows as "mã nhận": four letters of the operation's own id."""
        return self.id.hex[:4].upper()


class Photo(models.Model):
    """A picture as the phone named it (by the digest of what it sent) and as it is kept."""

    inspection = models.ForeignKey(
        Inspection, models.PROTECT, related_name="photos", verbose_name="cuộc kiểm tra"
    )
    digest = models.CharField(
        "vân tay khi gửi", max_length=64, validators=[RegexValidator(r"^[0-9a-f]{64}$")]
    )
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="tệp")

    class Meta:
        verbose_name = "ảnh từ máy"
        constraints = [models.UniqueConstraint(name="photo_is_brought_once", fields=["inspection", "digest"])]

    def __str__(self) -> str:
        return self.file.name
