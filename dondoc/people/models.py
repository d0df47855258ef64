"""People and the posts they hold: there is no right that is not a post."""

from functools import cached_property
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q

from dondoc.foundation import clock
from dondoc.people.querysets import PostQuerySet, UserManager
from dondoc.units.models import Unit


class Role(models.TextChoices):
    """Roles of ux.md §2. Head, deputy, secretary and member of a team are duties in that team, not posts."""

    COORDINATOR = "COORDINATOR", "Chuyên viên tổng hợp"
    INSPECTOR = "INSPECTOR", "Cán bộ kiểm tra"
    FOCAL_OFFICER = "FOCAL_OFFICER", "Cán bộ đầu mối đơn vị"
    UNIT_LEADER = "UNIT_LEADER", "Lãnh đạo đơn vị được kiểm tra"
    APPROVER = "APPROVER", "Lãnh đạo phê duyệt"
    EDITOR = "EDITOR", "Biên tập viên cổng"
    MODERATOR = "MODERATOR", "Kiểm duyệt ý kiến"
    ADMINISTRATOR = "ADMINISTRATOR", "Quản trị hệ thống"
    AUDITOR = "AUDITOR", "Giám sát an ninh, kiểm toán"
    DATA_OFFICER = "DATA_OFFICER", "Phụ trách bảo vệ dữ liệu cá nhân"


class User(AbstractUser):
    """A person who can sign in."""

    phone = models.CharField("số điện thoại công vụ", max_length=20, blank=True)
    objects = UserManager()  # type: ignore[misc]

    class Meta:
        verbose_name = "người dùng"
        verbose_name_plural = "người dùng"

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    def get_full_name(self) -> str:
        """Family name first, as written in Vietnam."""
        return f"{self.last_name} {self.first_name}".strip()

    @cached_property
    def held(self) -> tuple["Post", ...]:
        """Posts in force today with their units; asked of the database once per request."""
        if not self.is_active:
            return ()
        return tuple(self.posts.in_force(clock.today()).select_related("unit"))

    @cached_property
    def seats(self) -> tuple[Any, ...]:
        """Duties in inspection teams (rows of the room above); asked of the database once per request."""
        return tuple(self.duties.all())

    def has(self, *roles: Role) -> bool:
        """Whether one of these roles is held anywhere."""
        return any(post.role in roles for post in self.held)

    def holds(self, *roles: Role, at: Unit | int) -> bool:
        """Whether one of these roles is held in this very unit (by surrogate key, never by code or name)."""
        return self.unit_ids(*roles).__contains__(at if isinstance(at, int) else at.pk)

    def unit_ids(self, *roles: Role) -> frozenset[int]:
        """Keys of the units in which one of these roles is held."""
        return frozenset(post.unit_id for post in self.held if post.role in roles)


class Post(models.Model):
    """A role held by a person in a unit, from a day to the day before another."""

    person = models.ForeignKey(User, models.PROTECT, related_name="posts", verbose_name="người giữ")
    role = models.CharField("vai trò", max_length=20, choices=Role.choices)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts", verbose_name="đơn vị")
    title = models.CharField("chức vụ", max_length=120)
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("trước ngày", null=True, blank=True)
    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = "vị trí công tác"
        ordering = ("person_id", "valid_from")
        constraints = [
            models.CheckConstraint(
                name="post_ends_after_it_begins",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                violation_error_message="Ngày thôi giữ vị trí phải sau ngày nhận.",
            ),
            models.UniqueConstraint(
                name="post_is_held_once_at_a_time",
                fields=["person", "role", "unit"],
                condition=Q(valid_to__isnull=True),
                violation_error_message="Người này đang giữ vị trí đó rồi.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.unit}"
