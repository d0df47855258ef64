"""Addresses of this room, under the visit they belong to."""

from django.urls import path

from dondoc.minutes import amendment_views as amendments
from dondoc.minutes import views

app_name = "minutes"
_visit = "lam-viec/kiem-tra/<int:pk>/"
_minutes = f"{_visit}bien-ban/"
_amendment = "lam-viec/ban-sua-doi/<int:pk>/"
urlpatterns = [
    path(f"{_visit}phat-hien/bien-ban/", views.write_findings, name="write_findings"),
    path(_minutes, views.page, name="page"),
    path(f"{_minutes}xac-nhan/", views.confirm_part, name="confirm_part"),
    path(f"{_minutes}trinh-ky/", views.hand_for_signing, name="hand_for_signing"),
    path(f"{_minutes}tra-lai/", views.hand_back, name="hand_back"),
    path(f"{_minutes}don-vi-ky/", views.unit_sign, name="unit_sign"),
    path(f"{_minutes}truong-doan-ky/", views.head_sign, name="head_sign"),
    path(f"{_minutes}mo-doc/", views.open_text, name="open_text"),
    path(f"{_minutes}toan-van/", views.text, name="text"),
    path(f"{_minutes}ky-tai-cho/", views.take_onsite, name="take_onsite"),
    path(f"{_minutes}ban-quet/", views.scan, name="scan"),
    path(f"{_minutes}tai/", views.file, name="file"),
    path(f"{_minutes}sua-doi/", amendments.amend, name="amend"),
    path(_amendment, amendments.amendment, name="amendment"),
    path(f"{_amendment}don-vi-ky/", amendments.unit_sign, name="amendment_unit_sign"),
    path(f"{_amendment}truong-doan-ky/", amendments.head_sign, name="amendment_head_sign"),
    path(f"{_amendment}bo/", amendments.drop_amendment, name="drop_amendment"),
    path(f"{_amendment}tai/", amendments.file, name="amendment_file"),
]
