"""Administrative units while they exist, and what became of them. Codes and names are reused."""

from django.db import models
from django.db.models import F, Q

from dondoc.units.querysets import CodeQuerySet, UnitQuerySet


class Unit(models.Model):
    """One administrative unit from a day to the day before another. What changes makes a new row."""

    class Kind(models.TextChoices):
        CITY = "CITY", "thành phố"
        PROVINCE = "PROVINCE", "tỉnh"
        DISTRICT = "DISTRICT", "huyện"
        URBAN_DISTRICT = "URBAN_DISTRICT", "quận"
        COMMUNE = "COMMUNE", "xã"
        WARD = "WARD", "phường"
        TOWNSHIP = "TOWNSHIP", "thị trấn"

    name = models.CharField("tên", max_length=120)
    kind = models.CharField("loại", max_length=20, choices=Kind.choices)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="thuộc"
    )
    valid_from = models.DateField("tồn tại từ ngày")
    valid_to = models.DateField("trước ngày", null=True, blank=True)
    begun_by = models.CharField("thành lập theo", max_length=160, blank=True)
    note = models.TextField("ghi chú", blank=True)
    folded = models.CharField(max_length=160, editable=False, db_index=True)
    sort_key = models.CharField(max_length=200, editable=False)
    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = "đơn vị hành chính"
        verbose_name_plural = "đơn vị hành chính"
        ordering = ("sort_key", "valid_from")
        constraints = [
            models.CheckConstraint(
                name="unit_ends_after_it_begins",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                violation_error_message="Ngày kết thúc phải sau ngày thành lập.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.name}"

    @property
    def period(self) -> str:
        """How pickers tell two units of one name apart: "(01/07/2025–nay)" or "(đến 30/06/2025)"."""
        if self.valid_to is None:
            return f"({self.valid_from:%d/%m/%Y}–nay)"
        last = self.valid_to.fromordinal(self.valid_to.toordinal() - 1)
        return f"(đến {last:%d/%m/%Y})"

    @property
    def title(self) -> str:
        """The name with a capital, as it heads a page: "Xã Bình Minh"."""
        full = str(self)
        return full[:1].upper() + full[1:]


class UnitCode(models.Model):
    """A code a unit bore in one code system, for a time."""

    class System(models.TextChoices):
        NSO = "NSO", "mã thống kê"
        H26 = "H26", "mã định danh điện tử"

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="codes", verbose_name="đơn vị")
    system = models.CharField("hệ mã", max_length=8, choices=System.choices)
    code = models.CharField("mã", max_length=20)
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("trước ngày", null=True, blank=True)
    objects = CodeQuerySet.as_manager()

    class Meta:
        verbose_name = "mã đơn vị"
        constraints = [
            models.UniqueConstraint(
                name="code_names_one_living_unit",
                fields=["system", "code"],
                condition=Q(valid_to__isnull=True),
                violation_error_message="Mã này đang thuộc một đơn vị khác.",
            )
        ]

    def __str__(self) -> str:
        return self.code


class Succession(models.Model):
    """One arrow from a unit to what came after it."""

    class Kind(models.TextChoices):
        WHOLE = "WHOLE", "toàn bộ"
        PART = "PART", "một phần"
        REMAINDER = "REMAINDER", "phần còn lại"

    predecessor = models.ForeignKey(Unit, models.PROTECT, related_name="heirs", verbose_name="đơn vị trước")
    successor = models.ForeignKey(Unit, models.PROTECT, related_name="origins", verbose_name="đơn vị sau")
    kind = models.CharField("phần chuyển", max_length=10, choices=Kind.choices)
    takes_history = models.BooleanField("nhận hồ sơ theo mặc định", default=True)
    on = models.DateField("từ ngày")
    resolution = models.CharField("nghị quyết", max_length=120)
    clause = models.CharField("điều khoản", max_length=60, blank=True)
    note = models.TextField("ghi chú", blank=True)

    class Meta:
        verbose_name = "kế thừa"
        ordering = ("on", "successor__sort_key", "predecessor__sort_key")
        constraints = [
            models.UniqueConstraint(name="succession_is_told_once", fields=["predecessor", "successor"]),
            models.CheckConstraint(name="no_unit_succeeds_itself", condition=~Q(predecessor=F("successor"))),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor} ({self.get_kind_display()})"
