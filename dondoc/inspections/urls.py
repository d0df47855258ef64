"""Addresses of this room."""

from django.urls import URLPattern, path
from django.views.generic import View

app_name = "inspections"
_v = View.as_view()
urlpatterns: list[URLPattern] = [
    path("don-vi/tu-bao-cao/<int:pk>/", _v, name="self_report"),
    path("lam-viec/kiem-tra/<int:pk>/", _v, name="visit"),
    path("lam-viec/kiem-tra/<int:pk>/bien-ban/", _v, name="minutes"),
]
