"""The plan: what is inspected, by which criteria, where, by whom and when."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from dondoc.criteria.models import CriteriaSet, Criterion
from dondoc.directives.models import Directive
from dondoc.programmes.querysets import CoveredQuerySet, ProgrammeQuerySet, SlotQuerySet, TeamQuerySet
from dondoc.units.models import Unit


class Programme(models.Model):
    """One inspection plan of one authority."""

    class Status(models.TextChoices):
        DRAFT = "DRAFT", "Dự thảo"
        SUBMITTED = "SUBMITTED", "Trình ký"
        ISSUED = "ISSUED", "Đã ban hành"
        RUNNING = "RUNNING", "Đang thực hiện"
        DONE = "DONE", "Hoàn thành"

    status = models.CharField("trạng thái", max_length=10, choices=Status.choices, default=Status.DRAFT)
    authority = models.ForeignKey(
        Unit, models.PROTECT, related_name="programmes", verbose_name="cơ quan chủ trì"
    )
    plan = models.OneToOneField(
        Directive, models.PROTECT, related_name="programme", verbose_name="văn bản kế hoạch"
    )
    title = models.CharField("tên", max_length=300)
    year = models.PositiveSmallIntegerField("năm")
    criteria = models.ForeignKey(
        CriteriaSet,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="programmes",
        verbose_name="bộ tiêu chí",
    )
    purposes = models.JSONField("mục đích", default=list, blank=True)
    inspects_from = models.DateField("thời kỳ kiểm tra từ", null=True, blank=True)
    inspects_to = models.DateField("thời kỳ kiểm tra đến", null=True, blank=True)
    self_report_due_on = models.DateField("hạn gửi báo cáo tự kiểm tra", null=True, blank=True)
    ends_on = models.DateField("hạn kết thúc", null=True, blank=True)
    units = models.ManyToManyField(
        Unit, through="ProgrammeUnit", related_name="+", verbose_name="đơn vị được kiểm tra"
    )
    version = models.PositiveIntegerField("lần lưu", default=1)
    drafted_at = models.DateTimeField("lập lúc")
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
    issued_at = models.DateTimeField("ban hành lúc", null=True, blank=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người ban hành",
    )
    is_sample = models.BooleanField("dữ liệu mẫu", default=False)
    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = "kế hoạch kiểm tra"
        verbose_name_plural = "kế hoạch kiểm tra"
        ordering = ("-year", "-drafted_at")
        constraints = [
            models.CheckConstraint(
                name="inspected_period_runs_forward",
                condition=Q(inspects_from__isnull=True)
                | Q(inspects_to__isnull=True)
                | Q(inspects_to__gte=F("inspects_from")),
                violation_error_message="Thời kỳ kiểm tra: ngày cuối không được trước ngày đầu.",
            ),
        ]

    def __str__(self) -> str:
        return f"Kế hoạch {self.plan.symbol or self.plan.subject}"


class Content(models.Model):
    """One thing the programme inspects, resting on papers and on criteria."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="contents", verbose_name="kế hoạch")
    position = models.PositiveSmallIntegerField("thứ tự")
    text = models.TextField("nội dung")
    directives = models.ManyToManyField(
        Directive, blank=True, related_name="contents", verbose_name="văn bản căn cứ"
    )
    criteria = models.ManyToManyField(Criterion, blank=True, related_name="contents", verbose_name="tiêu chí")
    gap_reason = models.TextField("lý do để trống căn cứ hoặc tiêu chí", blank=True)
    start = models.PositiveIntegerField("từ ký tự", null=True, blank=True)
    end = models.PositiveIntegerField("đến ký tự", null=True, blank=True)

    class Meta:
        verbose_name = "nội dung kiểm tra"
        ordering = ("programme_id", "position")
        constraints = [
            models.UniqueConstraint(name="content_place_is_taken_once", fields=["programme", "position"]),
            models.CheckConstraint(
                name="content_passage_has_both_ends",
                condition=Q(start__isnull=True, end__isnull=True)
                | Q(start__isnull=False, end__gt=F("start")),
            ),
        ]

    def __str__(self) -> str:
        return self.text


class ProgrammeUnit(models.Model):
    """One unit the programme covers."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="covered", verbose_name="kế hoạch")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="covered_by", verbose_name="đơn vị")
    objects = CoveredQuerySet.as_manager()

    class Meta:
        verbose_name = "đơn vị trong kế hoạch"
        ordering = ("unit__sort_key",)
        constraints = [models.UniqueConstraint(name="unit_is_covered_once", fields=["programme", "unit"])]

    def __str__(self) -> str:
        return str(self.unit)


class UnitQuestion(models.Model):
    """A unit the paper names that the register cannot settle: asked once, answered or left out."""

    programme = models.ForeignKey(
        Programme, models.CASCADE, related_name="unit_questions", verbose_name="kế hoạch"
    )
    name = models.CharField("tên trong văn bản", max_length=200)
    why = models.CharField("vì sao phải hỏi", max_length=400)
    choices = models.ManyToManyField(Unit, blank=True, related_name="+", verbose_name="có thể là")
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="là đơn vị"
    )
    left_out_why = models.TextField("lý do bỏ ra", blank=True)
    settled_at = models.DateTimeField("trả lời lúc", null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người trả lời",
    )

    class Meta:
        verbose_name = "tên đơn vị chưa rõ"
        ordering = ("programme_id", "pk")
        constraints = [
            models.UniqueConstraint(name="unit_is_asked_once", fields=["programme", "name"]),
            models.CheckConstraint(
                name="settled_unit_has_answer_and_person",
                condition=Q(
                    settled_at__isnull=True, settled_by__isnull=True, unit__isnull=True, left_out_why=""
                )
                | (
                    Q(settled_at__isnull=False, settled_by__isnull=False)
                    & (Q(unit__isnull=False, left_out_why="") | (Q(unit__isnull=True) & ~Q(left_out_why="")))
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Team(models.Model):
    """One numbered inspection team."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="teams", verbose_name="kế hoạch")
    number = models.PositiveSmallIntegerField("số đoàn")
    decision = models.CharField("quyết định thành lập", max_length=120, blank=True)
    objects = TeamQuerySet.as_manager()

    class Meta:
        verbose_name = "đoàn kiểm tra"
        ordering = ("programme_id", "number")
        constraints = [
            models.UniqueConstraint(name="team_number_is_given_once", fields=["programme", "number"])
        ]

    def __str__(self) -> str:
        return f"Đoàn {self.number}"


class TeamMember(models.Model):
    """A person's duty in one team, and the fields they check."""

    class Duty(models.TextChoices):
        HEAD = "HEAD", "Trưởng đoàn"
        DEPUTY = "DEPUTY", "Phó Trưởng đoàn"
        SECRETARY = "SECRETARY", "Thư ký"
        MEMBER = "MEMBER", "Thành viên"

    team = models.ForeignKey(Team, models.CASCADE, related_name="members", verbose_name="đoàn")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="duties", verbose_name="người"
    )
    duty = models.CharField("nhiệm vụ", max_length=10, choices=Duty.choices)
    fields = models.JSONField("lĩnh vực phụ trách", default=list, blank=True)

    class Meta:
        verbose_name = "thành viên đoàn"
        ordering = ("team_id", "pk")
        constraints = [
            models.UniqueConstraint(name="person_sits_once_in_a_team", fields=["team", "person"]),
            models.UniqueConstraint(
                name="team_has_one_head",
                fields=["team"],
                condition=Q(duty="HEAD"),
                violation_error_message="Mỗi đoàn chỉ có một Trưởng đoàn.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} ({self.get_duty_display()})"


class Slot(models.Model):
    """When which team visits which unit: one half day."""

    class Session(models.TextChoices):
        MORNING = "MORNING", "Sáng"
        AFTERNOON = "AFTERNOON", "Chiều"

    covered = models.OneToOneField(ProgrammeUnit, models.CASCADE, related_name="slot", verbose_name="đơn vị")
    team = models.ForeignKey(Team, models.CASCADE, related_name="slots", verbose_name="đoàn")
    on = models.DateField("ngày")
    session = models.CharField("buổi", max_length=10, choices=Session.choices)
    unannounced = models.BooleanField("đột xuất", default=False)
    known_at = models.DateTimeField("đơn vị biết lúc", null=True, blank=True)
    """When an unannounced visit began: pressed by the room of inspections."""
    objects = SlotQuerySet.as_manager()

    class Meta:
        verbose_name = "lịch kiểm tra"
        ordering = ("on", "session", "team__number")
        constraints = [
            models.UniqueConstraint(
                name="team_visits_one_unit_at_a_time",
                fields=["team", "on", "session"],
                violation_error_message="Đoàn này đã có lịch vào buổi đó.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_session_display()} {self.on:%d/%m/%Y}: {self.covered}"


class Waiver(models.Model):
    """A leader lets a member go to a unit in spite of a conflict of interest, and says why: for good."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="waivers", verbose_name="kế hoạch")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người được cử"
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="đơn vị")
    conflict = models.CharField("xung đột", max_length=400)
    """What was known when it was granted, as the leader read it."""
    why = models.TextField("lý do vẫn cử")
    at = models.DateTimeField("cho phép lúc")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người cho phép"
    )

    class Meta:
        verbose_name = "cho phép vẫn cử"
        ordering = ("programme_id", "pk")
        constraints = [
            models.UniqueConstraint(name="conflict_is_waived_once", fields=["programme", "person", "unit"])
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.unit}"


class VisitChange(models.Model):
    """One move of a visit after the plan was issued: from, to, who, when and why. Never rewritten."""

    covered = models.ForeignKey(ProgrammeUnit, models.CASCADE, related_name="changes", verbose_name="đơn vị")
    from_on = models.DateField("từ ngày")
    from_session = models.CharField("từ buổi", max_length=10, choices=Slot.Session.choices)
    to_on = models.DateField("sang ngày")
    to_session = models.CharField("sang buổi", max_length=10, choices=Slot.Session.choices)
    why = models.TextField("lý do")
    at = models.DateTimeField("lúc")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người đổi"
    )

    class Meta:
        verbose_name = "lần đổi lịch"
        ordering = ("covered_id", "pk")

    def __str__(self) -> str:
        return f"{self.covered}: {self.from_on:%d/%m/%Y} → {self.to_on:%d/%m/%Y}"


class VisitNotice(models.Model):
    """One notice of schedule as it went out: for which half day, and to whom by name."""

    covered = models.ForeignKey(ProgrammeUnit, models.CASCADE, related_name="notices", verbose_name="đơn vị")
    on = models.DateField("ngày")
    session = models.CharField("buổi", max_length=10, choices=Slot.Session.choices)
    people = models.JSONField("người nhận", default=list)
    at = models.DateTimeField("lúc")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người gửi"
    )

    class Meta:
        verbose_name = "lần báo lịch"
        ordering = ("covered_id", "pk")

    def __str__(self) -> str:
        return f"{self.covered}: {self.on:%d/%m/%Y}"


class Feed(models.Model):
    """A person's own calendar under a secret address, of which only the digest is kept. One each; a new one
    takes the place of the old."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="feed", verbose_name="người dùng"
    )
    digest = models.CharField("vân tay của địa chỉ", max_length=64, unique=True)
    made_at = models.DateTimeField("tạo lúc")
    fetched_at = models.DateTimeField("lấy gần nhất lúc", null=True, blank=True)
    given = models.JSONField("đã cho xem", default=dict, blank=True)
    """Per visit what the address last showed of it, so that one no longer there can be told as cancelled."""

    class Meta:
        verbose_name = "địa chỉ lịch riêng"

    def __str__(self) -> str:
        return f"Lịch của {self.person}"
