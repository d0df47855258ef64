"""Case files looked at on a visit, drawn so that anybody can repeat the draw."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from dondoc.criteria.models import Criterion
from dondoc.inspections.models import Inspection
from dondoc.sampling.drawing import ALGORITHM
from dondoc.sampling.querysets import DrawnQuerySet, PopulationQuerySet


class Population(models.Model):
    """The list of all files from which some are drawn. Once fixed, neither side can change it."""

    class Status(models.TextChoices):
        OPEN = "OPEN", "Đang lập danh sách"
        FIXED = "FIXED", "Đã chốt danh sách"

    status = models.CharField("trạng thái", max_length=6, choices=Status.choices, default=Status.OPEN)
    inspection = models.ForeignKey(
        Inspection, models.PROTECT, related_name="populations", verbose_name="cuộc kiểm tra"
    )
    criterion = models.ForeignKey(
        Criterion, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="tiêu chí"
    )
    title = models.CharField("tên danh sách", max_length=200)
    columns = models.JSONField("tên các cột")
    rows = models.JSONField("các hồ sơ")
    """``[[number, field, …], …]`` as brought; what is drawn does not depend on their order."""
    count = models.PositiveIntegerField("số hồ sơ")
    digest = models.CharField("vân tay danh sách", max_length=64)
    listed_at = models.DateTimeField("lập lúc")
    listed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người lập"
    )
    objects = PopulationQuerySet.as_manager()

    class Meta:
        verbose_name = "danh sách hồ sơ"
        verbose_name_plural = "danh sách hồ sơ"
        ordering = ("inspection_id", "pk")
        constraints = [
            models.UniqueConstraint(
                name="files_are_listed_once_per_visit",
                fields=["inspection", "digest"],
                violation_error_message="Danh sách này đã có trong cuộc kiểm tra.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Draw(models.Model):
    """How files are drawn from one fixed list: plan and the team's number first, then the unit's number."""

    class Rule(models.TextChoices):
        SIMPLE = "SIMPLE", "Ngẫu nhiên đơn giản, không lặp lại"
        SYSTEMATIC = "SYSTEMATIC", "Hệ thống: cứ k hồ sơ lấy một"
        STRATIFIED = "STRATIFIED", "Phân nhóm theo một cột, chia theo tỷ lệ"

    class Status(models.TextChoices):
        PLANNED = "PLANNED", "Chờ số của đơn vị"
        SEEDED = "SEEDED", "Đã đủ số hai bên"
        DRAWN = "DRAWN", "Đã rút mẫu"

    status = models.CharField("trạng thái", max_length=7, choices=Status.choices, default=Status.PLANNED)
    population = models.OneToOneField(
        Population, models.PROTECT, related_name="draw", verbose_name="danh sách"
    )
    algorithm = models.CharField("cách rút", max_length=40, default=ALGORITHM)
    rule = models.CharField("quy tắc", max_length=10, choices=Rule.choices)
    size = models.PositiveIntegerField("số hồ sơ rút", null=True, blank=True)
    every = models.PositiveIntegerField("khoảng cách k", null=True, blank=True)
    stratified_by = models.CharField("cột chia nhóm", max_length=200, blank=True)
    team_number = models.CharField("số của Đoàn", max_length=20)
    fixed_at = models.DateTimeField("chốt lúc")
    fixed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người chốt"
    )
    unit_number = models.CharField("số của đơn vị", max_length=20, blank=True)
    told_by = models.CharField("người cho số", max_length=160, blank=True)
    told_at = models.DateTimeField("cho số lúc", null=True, blank=True)
    seed = models.CharField("hạt giống", max_length=64, blank=True)
    drawn_at = models.DateTimeField("rút lúc", null=True, blank=True)
    drawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người rút",
    )

    class Meta:
        verbose_name = "lần rút mẫu"
        constraints = [
            models.CheckConstraint(
                name="a_draw_has_a_size_or_a_step",
                condition=Q(rule="SYSTEMATIC", size__isnull=True, every__gte=1)
                | (~Q(rule="SYSTEMATIC") & Q(size__gte=1, every__isnull=True)),
            ),
            models.CheckConstraint(
                name="drawing_has_a_person",
                condition=Q(drawn_at__isnull=True, drawn_by__isnull=True)
                | Q(drawn_at__isnull=False, drawn_by__isnull=False),
            ),
            models.CheckConstraint(
                name="a_seed_comes_of_two_numbers",
                condition=Q(status="PLANNED", seed="", unit_number="", told_at__isnull=True)
                | (~Q(seed="") & ~Q(unit_number="") & Q(told_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"Rút mẫu: {self.population}"


class Drawn(models.Model):
    """One drawn file and what was seen in it. A replaced one stays, with who took its place."""

    class Result(models.TextChoices):
        RIGHT = "RIGHT", "Đúng quy định"
        FAULTY = "FAULTY", "Có sai sót"

    draw = models.ForeignKey(Draw, models.PROTECT, related_name="files", verbose_name="lần rút")
    place = models.PositiveIntegerField("thứ tự")
    turn = models.PositiveSmallIntegerField("lượt", default=1)
    """The first file of a place is 1; who replaces it 2, and so on."""
    key = models.CharField("số hồ sơ", max_length=200)
    fields = models.JSONField("thông tin khác", default=list)
    stratum = models.CharField("nhóm", max_length=200, blank=True)
    result = models.CharField("kết quả", max_length=6, choices=Result.choices, blank=True)
    note = models.TextField("ghi nhận", blank=True)
    checked_at = models.DateTimeField("xem lúc", null=True, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người xem",
    )
    objects = DrawnQuerySet.as_manager()

    class Meta:
        verbose_name = "hồ sơ được rút"
        verbose_name_plural = "hồ sơ được rút"
        ordering = ("draw_id", "place", "turn")
        constraints = [
            models.UniqueConstraint(name="a_place_has_one_file_a_turn", fields=["draw", "place", "turn"]),
            models.UniqueConstraint(name="a_file_is_drawn_once", fields=["draw", "key"]),
            models.CheckConstraint(
                name="checking_has_a_person",
                condition=Q(checked_at__isnull=True, checked_by__isnull=True, result="")
                | (Q(checked_at__isnull=False, checked_by__isnull=False) & ~Q(result="")),
            ),
        ]

    def __str__(self) -> str:
        return self.key


class Replacement(models.Model):
    """A drawn file that cannot be had, why, and the next in the order, which takes its place."""

    gone = models.OneToOneField(
        Drawn, models.PROTECT, related_name="replacement", verbose_name="hồ sơ không có"
    )
    instead = models.OneToOneField(Drawn, models.PROTECT, related_name="replaces", verbose_name="hồ sơ thay")
    why = models.TextField("lý do")
    at = models.DateTimeField("thay lúc")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người thay"
    )

    class Meta:
        verbose_name = "lần thay hồ sơ"
        ordering = ("gone_id",)
        constraints = [
            models.CheckConstraint(name="replacing_has_a_reason", condition=~Q(why="")),
        ]

    def __str__(self) -> str:
        return f"{self.gone} → {self.instead}"
