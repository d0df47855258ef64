"""Signing in and out, one's own account, and the administrator's list of people."""

from allauth.account import views as account
from allauth.mfa import urls as mfa_urls
from django.urls import include, path

from dondoc.foundation.middleware import public
from dondoc.people import views

# Packages look these up by their own names, so they stand outside our namespace.
packages = [
    path("dang-nhap/", public(views.SignIn.as_view()), name="account_login"),
    path("dang-xuat/", account.logout, name="account_logout"),
    path("dang-nhap/khong-co-dang-ky/", views.no_signup, name="account_signup"),
    path("dang-nhap/quen-mat-khau/", views.forgotten_password, name="account_reset_password"),
    path("tai-khoan/mat-khau/", account.password_change, name="account_change_password"),
    path("tai-khoan/mat-khau/dat/", account.password_set, name="account_set_password"),
    path("tai-khoan/xac-nhan/", account.reauthenticate, name="account_reauthenticate"),
    path("tai-khoan/bi-khoa/", account.account_inactive, name="account_inactive"),
    path("tai-khoan/hai-lop/", include(mfa_urls)),
]
people = (
    [
        path("dang-nhap/mau/<str:username>/", views.enter_sample, name="enter_sample"),
        path("quan-tri/nguoi-dung/", views.people, name="people"),
        path("quan-tri/nguoi-dung/moi/", views.invite, name="invite"),
        path("quan-tri/nguoi-dung/<int:pk>/", views.person, name="person"),
        path("quan-tri/nguoi-dung/<int:pk>/mat-khau/", views.set_password, name="set_password"),
        path("quan-tri/nguoi-dung/<int:pk>/khoa/", views.switch_off, name="switch_off"),
        path("quan-tri/nguoi-dung/<int:pk>/mo/", views.switch_on, name="switch_on"),
        path("quan-tri/nguoi-dung/<int:pk>/giao-vi-tri/", views.appoint, name="appoint"),
        path("quan-tri/vi-tri/<int:pk>/ket-thuc/", views.end_post, name="end_post"),
    ],
    "people",
)
urlpatterns = [*packages, path("", include(people))]
