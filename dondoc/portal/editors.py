"""Who gets into Wagtail: people holding the post of editor, today, and nobody else.

A post decides on every request: ``EditorBackend`` lets an editor in, ``only_editors`` stops everybody else.
Wagtail's group holds rights over pages, not the right to enter; an editor joins it on the first visit.
"""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.models import Group, Permission
from django.contrib.auth.views import redirect_to_login
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from dondoc.foundation.middleware import EDITOR_PREFIX, Handler
from dondoc.people.models import Role, User

GROUP = "Biên tập viên cổng"
ENTER = "wagtailadmin.access_admin"
_ON_PAGES = ("add_page", "change_page", "publish_page", "lock_page", "unlock_page")
_ON_DOCUMENTS = ("add_document", "change_document", "choose_document")


class EditorBackend(BaseBackend):
    """Gives one permission and signs nobody in."""

    def has_perm(self, user_obj: Any, perm: str, obj: Model | None = None) -> bool:
        """Entering Wagtail, for whoever holds the post today."""
        return perm == ENTER and isinstance(user_obj, User) and user_obj.has(Role.EDITOR)


class only_editors:
    """Wagtail's pages exist for editors only; strangers sign in first, at the house's own door."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Stop everybody else before Wagtail answers."""
        if not request.path.startswith(EDITOR_PREFIX):
            return None
        if not isinstance(request.user, User):
            return redirect_to_login(request.get_full_path())
        if not request.user.has(Role.EDITOR):
            raise Http404
        admit(request.user)
        return None


def admit(person: User) -> None:
    """Put an editor into the group, once."""
    if not person.groups.filter(name=GROUP).exists():
        person.groups.add(Group.objects.get_or_create(name=GROUP)[0])


def give_rights(root: Page) -> None:
    """What the group may do: write and publish below the front page, keep documents. No accounts."""
    group, _ = Group.objects.get_or_create(name=GROUP)
    for right in Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=_ON_PAGES):
        GroupPagePermission.objects.get_or_create(group=group, page=root, permission=right)
    shelf = Collection.get_first_root_node()
    for right in Permission.objects.filter(content_type__app_label="wagtaildocs", codename__in=_ON_DOCUMENTS):
        GroupCollectionPermission.objects.get_or_create(group=group, collection=shelf, permission=right)
