"""Addresses of units."""

from django.urls import path

from dondoc.units import views

app_name = "units"
urlpatterns = [
    path("lam-viec/don-vi/", views.units, name="units"),
    path("lam-viec/don-vi/<int:pk>/", views.unit, name="unit"),
]
