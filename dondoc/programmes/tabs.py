"""The parts of one plan, named once for its own pages and for the board above them."""

from django.urls import reverse

from dondoc.people.models import Role, User
from dondoc.programmes.models import Programme
from dondoc.ui.screens import TabItem

_BEGUN = (Programme.Status.RUNNING, Programme.Status.DONE)


def is_officer(programme: Programme, actor: User) -> bool:
    """Whether this person makes or approves the plan; no query."""
    return programme.authority_id in actor.unit_ids(Role.COORDINATOR, Role.APPROVER)


def tabs_of(programme: Programme, actor: User) -> tuple[TabItem, ...]:
    """Every part of one plan this person can open, from its board to its report; the board shows them too.

    One query, none for a plan that came ``with_board``.
    """
    officer, begun = is_officer(programme, actor), programme.status in _BEGUN
    if "content_count" not in vars(programme):
        programme = Programme.objects.with_board(actor).get(pk=programme.pk)
    held = vars(programme)
    parts = [
        TabItem("Tổng quan", f"/lam-viec/chuong-trinh/{programme.pk}/"),
        TabItem("Căn cứ", reverse("programmes:basis", args=[programme.pk])),
        TabItem("Nội dung", reverse("programmes:contents", args=[programme.pk]), held["content_count"]),
        TabItem(
            "Đơn vị & lịch",
            reverse("programmes:units", args=[programme.pk]),
            held["covered_count"],
        ),
        TabItem("Đoàn", reverse("programmes:teams", args=[programme.pk]), held["team_count"]),
    ]
    if officer:
        parts.append(TabItem("Kiểm tra lại", reverse("programmes:review", args=[programme.pk])))
    if begun:
        parts.append(TabItem("Khắc phục", f"/lam-viec/kien-nghi/?ke-hoach={programme.pk}"))
    if begun and officer:
        parts.append(TabItem("Báo cáo", "/lam-viec/bao-cao/"))
    return tuple(parts)
