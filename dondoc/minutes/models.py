"""The minutes of a visit: what both sides read, signed and sealed."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from dondoc.files.models import StoredFile
from dondoc.inspections.models import Inspection
from dondoc.minutes.querysets import AmendmentQuerySet, MinutesQuerySet


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
    scan = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="bản ký tay đã quét"
    )
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


class Confirmation(models.Model):
    """A member stands by what they verified, as it stood when they pressed; what they verify later is not."""

    inspection = models.ForeignKey(
        Inspection, models.PROTECT, related_name="confirmations", verbose_name="cuộc kiểm tra"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="thành viên"
    )
    items = models.PositiveIntegerField("số tiêu chí")
    at = models.DateTimeField("xác nhận lúc")

    class Meta:
        verbose_name = "xác nhận của thành viên"
        ordering = ("inspection_id", "pk")
        constraints = [
            models.UniqueConstraint(name="a_member_confirms_one_part", fields=["inspection", "person"])
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.inspection}"


class Reading(models.Model):
    """Somebody opened the whole text of the minutes as they were handed over; who signs has read that."""

    minutes = models.ForeignKey(Minutes, models.PROTECT, related_name="readings", verbose_name="biên bản")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người đọc"
    )
    handing = models.PositiveBigIntegerField("lần trình ký")
    at = models.DateTimeField("mở đọc lúc")

    class Meta:
        verbose_name = "lần mở đọc biên bản"
        constraints = [
            models.UniqueConstraint(
                name="minutes_are_opened_once_per_handing", fields=["minutes", "person", "handing"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.minutes}"


class Given(models.Model):
    """What every signature tells: which side, who, in which post, how, and what it reserves."""

    class Side(models.TextChoices):
        UNIT = "UNIT", "đơn vị"
        TEAM = "TEAM", "đoàn kiểm tra"

    class Way(models.TextChoices):
        DRAWN = "DRAWN", "ký tay trên máy"
        TYPED = "TYPED", "ghi họ tên và xác nhận"
        SCANNED = "SCANNED", "ký trên giấy, đã quét"
        ONSITE = "ONSITE", "ký tại chỗ trên máy của đoàn"

    side = models.CharField("bên", max_length=4, choices=Side.choices)
    way = models.CharField("cách ký", max_length=7, choices=Way.choices)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người ký hoặc người khai"
    )
    name = models.CharField("họ và tên", max_length=160)
    post = models.CharField("chức vụ", max_length=160, blank=True)
    reservations = models.TextField("ý kiến bảo lưu", blank=True)
    strokes = models.JSONField("nét ký", default=list, blank=True)
    at = models.DateTimeField("ký lúc")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.get_side_display()}: {self.name}"


class Signature(Given):
    """One side's signature: drawn on the device, typed, or on the paper that was scanned."""

    minutes = models.ForeignKey(Minutes, models.PROTECT, related_name="signatures", verbose_name="biên bản")
    opened_at = models.DateTimeField("mở đọc lúc", null=True, blank=True)

    class Meta:
        verbose_name = "chữ ký"
        constraints = [
            models.UniqueConstraint(name="each_side_signs_once", fields=["minutes", "side"]),
            models.CheckConstraint(
                name="a_signature_on_the_device_follows_a_reading",
                condition=Q(way="SCANNED") | Q(opened_at__isnull=False),
            ),
        ]


class OnsiteSignature(Given):
    """What one side signed at the visit, on a phone of the team, under a short text; kept as it came.

    ``person`` brought it. Whether it counts is weighed against the minutes (``onsite``), never written here.
    """

    inspection = models.ForeignKey(
        Inspection, models.PROTECT, related_name="onsite_signatures", verbose_name="cuộc kiểm tra"
    )
    operation = models.UUIDField("mã thao tác", unique=True)
    device = models.CharField("thiết bị", max_length=120)
    lines = models.JSONField("nội dung đã đọc")
    digest = models.CharField("vân tay nội dung đã đọc", max_length=64)
    received_at = models.DateTimeField("nhận lúc")

    class Meta:
        verbose_name = "chữ ký lấy tại chỗ"
        ordering = ("inspection_id", "at", "pk")

    @property
    def drawn(self) -> list[str]:
        """Each line as the points of an SVG polyline."""
        return [" ".join(f"{x},{y}" for x, y in line) for line in self.strokes]


class Amendment(models.Model):
    """Sealed minutes put right by a second person: what stood, what stands instead, and why.

    The sealed dossier is not touched. An amendment never changes once proposed: it is signed by both sides
    and sealed, or dropped and another one is proposed.
    """

    class Status(models.TextChoices):
        PROPOSED = "PROPOSED", "Chờ đơn vị ký"
        UNIT_SIGNED = "UNIT_SIGNED", "Chờ Trưởng đoàn ký"
        SEALED = "SEALED", "Đã chốt"
        DROPPED = "DROPPED", "Đã bỏ"

    class Part(models.TextChoices):
        RESULT = "RESULT", "Kết quả đoàn ghi nhận"
        VALUE = "VALUE", "Số liệu đoàn ghi nhận"
        NOTE = "NOTE", "Ghi chú của đoàn"
        WORDS = "WORDS", "Lời biên bản"

    status = models.CharField("trạng thái", max_length=11, choices=Status.choices, default=Status.PROPOSED)
    minutes = models.ForeignKey(Minutes, models.PROTECT, related_name="amendments", verbose_name="biên bản")
    number = models.PositiveSmallIntegerField("lần sửa đổi")
    reason = models.TextField("lý do sửa đổi")
    changes = models.JSONField("chỗ sửa")
    """``[{"code", "part", "what", "from", "to"}]``; ``code`` is empty for words of the minutes."""
    drafted_at = models.DateTimeField("lập lúc")
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người lập"
    )
    dossier = models.JSONField("hồ sơ đã chốt", null=True, blank=True)
    sealed = models.CharField("vân tay hồ sơ", max_length=64, blank=True)
    docx = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="bản Word"
    )
    pdf = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="bản PDF"
    )
    objects = AmendmentQuerySet.as_manager()

    class Meta:
        verbose_name = "bản sửa đổi biên bản"
        ordering = ("minutes_id", "number", "pk")
        constraints = [
            models.UniqueConstraint(
                name="amendments_follow_one_another",
                fields=["minutes", "number"],
                condition=~Q(status="DROPPED"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.minutes}, bản sửa đổi lần {self.number}"


class AmendmentSignature(Given):
    """One side's signature under an amendment; the page signed on shows the whole of it."""

    amendment = models.ForeignKey(
        Amendment, models.PROTECT, related_name="signatures", verbose_name="bản sửa đổi biên bản"
    )

    class Meta:
        verbose_name = "chữ ký bản sửa đổi"
        constraints = [
            models.UniqueConstraint(name="each_side_signs_an_amendment_once", fields=["amendment", "side"])
        ]
