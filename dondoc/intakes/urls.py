"""Addresses of this room."""

from django.urls import path

from dondoc.intakes import bring_views, views

app_name = "intakes"
urlpatterns = [
    path("lam-viec/van-ban/doc/", bring_views.bring_in, name="bring_in"),
    path("lam-viec/van-ban/doc/<int:pk>/", views.correct, name="correct"),
    path("lam-viec/van-ban/doc/<int:pk>/xac-nhan/", views.confirm, name="confirm"),
    path("lam-viec/van-ban/doc/<int:pk>/bo/", views.drop, name="drop"),
    path("lam-viec/van-ban/doc/<int:pk>/tep/", views.intake_file, name="file"),
]
