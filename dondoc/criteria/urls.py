"""Addresses of this room."""

from django.urls import URLPattern, path

from dondoc.criteria import views

app_name = "criteria"
urlpatterns: list[URLPattern] = [
    path("lam-viec/bo-tieu-chi/", views.criteria_sets, name="list"),
    path("lam-viec/bo-tieu-chi/nhap/", views.load, name="load"),
    path("lam-viec/bo-tieu-chi/<int:pk>/", views.criteria_set, name="set"),
    path("lam-viec/bo-tieu-chi/<int:pk>/ban-hanh/", views.issue, name="issue"),
]
