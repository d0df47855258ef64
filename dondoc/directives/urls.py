"""Addresses of this room."""

from django.urls import path

from dondoc.directives import views

app_name = "directives"
urlpatterns = [
    path("lam-viec/van-ban/", views.register_list, name="list"),
    path("lam-viec/van-ban/doc/", views.bring_in, name="bring_in"),
    path("lam-viec/van-ban/doc/<int:pk>/", views.correct, name="correct"),
    path("lam-viec/van-ban/doc/<int:pk>/xac-nhan/", views.confirm, name="confirm"),
    path("lam-viec/van-ban/doc/<int:pk>/bo/", views.drop, name="drop"),
    path("lam-viec/van-ban/doc/<int:pk>/tep/", views.intake_file, name="intake_file"),
    path("lam-viec/van-ban/nhap/", views.register, name="register"),
    path("lam-viec/van-ban/<int:pk>/", views.paper, name="paper"),
    path("lam-viec/van-ban/<int:pk>/tep/", views.paper_file, name="file"),
]
