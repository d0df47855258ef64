"""Accounts: the administrator's pages, and entering with a sample account."""

from collections.abc import Iterator
from typing import Any

from allauth.account.views import LoginView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dondoc.foundation import clock
from dondoc.foundation.middleware import public
from dondoc.foundation.refusals import require
from dondoc.people import actions, rules
from dondoc.people.forms import AppointForm, EndPostForm, InviteForm, PasswordForm
from dondoc.people.http import Request
from dondoc.people.models import Post, Role, User
from dondoc.people.screens import FormScreen, PeopleScreen, PersonScreen
from dondoc.ui.screens import page_of, show

SAMPLE_PREFIX = "mau."
"""Sign-in names of the sample's people that can be entered with one press."""


def samples_open() -> bool:
    """One-click accounts exist only while a sample is loaded and nobody switched them off."""
    return settings.SAMPLE and clock.is_sample()


class SignIn(LoginView):  # type: ignore[misc] # allauth is not typed
    """allauth's sign-in, with the sample's people beside the form."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The form, and whoever can be entered with one press."""
        told: dict[str, Any] = super().get_context_data(**kwargs)
        told["sample_people"] = list(sample_people()) if samples_open() else []
        return told


def sample_people() -> Iterator[dict[str, str]]:
    """The sample's people worth trying, in the order they were invited."""
    found = User.objects.filter(username__startswith=SAMPLE_PREFIX, is_active=True).order_by("pk")
    for person in found.prefetch_related("posts"):
        titles = [post.title for post in person.posts.all()]
        yield {
            "username": person.username,
            "name": str(person),
            "label": titles[0] if titles else str(person),
        }


@public
@require_POST
def enter_sample(request: HttpRequest, username: str) -> HttpResponse:
    """Sign in as a person of the sample; the address does not exist on a real installation."""
    if not samples_open():
        raise Http404
    person = get_object_or_404(
        User.objects.filter(is_active=True, username__startswith=SAMPLE_PREFIX), username=username
    )
    login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return redirect(settings.LOGIN_REDIRECT_URL)


@public
@require_safe
def no_signup(request: HttpRequest) -> HttpResponse:
    """Accounts are made by the administrator."""
    return render(request, "people/no_signup.html")


@public
@require_safe
def forgotten_password(request: HttpRequest) -> HttpResponse:
    """Who to ask for a new password."""
    return render(request, "people/forgotten_password.html")


@require_safe
def people(request: Request) -> HttpResponse:
    """Every account, fifty a page."""
    require(rules.may_manage_people(request.user))
    query = request.GET.get("q", "").strip()
    found = User.objects.order_by("first_name", "last_name", "pk").prefetch_related("posts__unit")
    if query:
        words = Q()
        for word in query.split():
            words &= (
                Q(last_name__icontains=word) | Q(first_name__icontains=word) | Q(username__icontains=word)
            )
        found = found.filter(words)
    return show(request, "people/people.html", PeopleScreen(page_of(found, request), query))


@require_http_methods(["GET", "POST"])
def invite(request: Request) -> HttpResponse:
    """Make an account."""
    require(rules.may_manage_people(request.user))
    form = InviteForm(request.POST or None)
    if form.is_valid():
        told = form.cleaned_data
        person = actions.invite(
            told["username"], told["name"], email=told["email"], by=request.user, at=clock.now()
        )
        messages.success(
            request, "Đã lập tài khoản. Đặt mật khẩu rồi giao vị trí để người này bắt đầu làm việc."
        )
        return redirect("people:person", person.pk)
    return _form_page(request, "Lập tài khoản", form, "Lập tài khoản", reverse("people:people"))


@require_safe
def person(request: Request, pk: int) -> HttpResponse:
    """One account."""
    require(rules.may_manage_people(request.user))
    found = get_object_or_404(User, pk=pk)
    return show(request, "people/person.html", PersonScreen.of(found, actor=request.user, on=clock.today()))


@require_http_methods(["GET", "POST"])
def appoint(request: Request, pk: int) -> HttpResponse:
    """Give a post."""
    found = get_object_or_404(User, pk=pk)
    require(rules.may_appoint(request.user, found))
    form = AppointForm(request.POST or None)
    if form.is_valid():
        told = form.cleaned_data
        held = found.posts.filter(role=told["role"], unit=told["unit"], valid_to__isnull=True)
        if held.exists():
            form.add_error("role", "Người này đang giữ vai trò đó ở đơn vị này rồi.")
        else:
            actions.appoint(
                found,
                Role(told["role"]),
                at_unit=told["unit"],
                title=told["title"],
                since=told["since"],
                by=request.user,
                at=clock.now(),
            )
            messages.success(request, f"Đã giao vị trí cho {found}.")
            return redirect("people:person", found.pk)
    return _form_page(
        request, f"Giao vị trí cho {found}", form, "Giao vị trí", reverse("people:person", args=[pk])
    )


@require_http_methods(["GET", "POST"])
def end_post(request: Request, pk: int) -> HttpResponse:
    """End a post."""
    post = get_object_or_404(Post.objects.select_related("person", "unit"), pk=pk)
    require(rules.may_appoint(request.user, post.person))
    form = EndPostForm(request.POST or None, post=post)
    back = reverse("people:person", args=[post.person_id])
    if form.is_valid():
        actions.end_post(post, last_day=form.cleaned_data["last_day"], by=request.user, at=clock.now())
        messages.success(request, f"{post.person} thôi giữ vị trí {post}.")
        return redirect(back)
    return _form_page(request, f"Kết thúc vị trí {post}", form, "Kết thúc vị trí", back)


@require_http_methods(["GET", "POST"])
def set_password(request: Request, pk: int) -> HttpResponse:
    """Set a password to hand over in person."""
    found = get_object_or_404(User, pk=pk)
    require(rules.may_manage_people(request.user))
    form = PasswordForm(request.POST or None)
    back = reverse("people:person", args=[pk])
    if form.is_valid():
        actions.set_password(found, form.cleaned_data["password"], by=request.user, at=clock.now())
        messages.success(
            request, f"Đã đặt mật khẩu mới cho {found}. Các phiên đang mở của người này đã đóng."
        )
        return redirect(back)
    return _form_page(request, f"Đặt mật khẩu cho {found}", form, "Đặt mật khẩu", back)


@require_POST
def switch_off(request: Request, pk: int) -> HttpResponse:
    """Lock an account: the next request of its sessions is refused."""
    return _switch(request, pk, active=False)


@require_POST
def switch_on(request: Request, pk: int) -> HttpResponse:
    """Open a locked account again."""
    return _switch(request, pk, active=True)


def _switch(request: Request, pk: int, *, active: bool) -> HttpResponse:
    found = get_object_or_404(User, pk=pk)
    actions.switch(found, active=active, by=request.user, at=clock.now())
    messages.success(request, f"Đã {'mở' if active else 'khóa'} tài khoản của {found}.")
    return redirect("people:person", pk)


def _form_page(request: Request, title: str, form: object, button: str, back: str) -> HttpResponse:
    status = 422 if getattr(form, "errors", None) and request.method == "POST" else 200
    screen = FormScreen(title, form, button, back)  # type: ignore[arg-type]
    return show(request, "people/form.html", screen, status=status)
