"""Addresses of this room: the installed page and what it talks to, phones, and what waits for the head."""

from django.urls import path

from dondoc.fieldwork import views

app_name = "fieldwork"
_app = "thuc-dia/ung-dung/"
urlpatterns = [
    path(_app, views.app, name="app"),
    path(f"{_app}sw.js", views.worker, name="worker"),
    path(f"{_app}manifest.webmanifest", views.manifest, name="manifest"),
    path(f"{_app}phien/", views.session, name="session"),
    path(f"{_app}thiet-bi/", views.register, name="register"),
    path(f"{_app}goi/<uuid:device>/", views.packages, name="packages"),
    path(f"{_app}gui/<uuid:device>/<int:pk>/", views.receive, name="receive"),
    path("thuc-dia/anh/<uuid:device>/<int:pk>/<str:digest>/", views.photo, name="photo"),
    path("thuc-dia/thiet-bi/", views.devices, name="devices"),
    path("thuc-dia/thiet-bi/<uuid:device>/thu-hoi/", views.revoke, name="revoke"),
    path("thuc-dia/nhap-goi/", views.bring, name="bring"),
    path("thuc-dia/doi-chieu/", views.waiting, name="waiting"),
    path("thuc-dia/doi-chieu/muc/<int:answer>/", views.settle, name="settle"),
    path("thuc-dia/doi-chieu/diem-danh/<int:pk>/", views.settle_heads, name="settle_heads"),
    path("thuc-dia/doi-chieu/cuoc/<int:pk>/nhan-tat-ca/", views.admit_all, name="admit_all"),
    path("thuc-dia/doi-chieu/ban-ghi/<uuid:operation>/nhan/", views.admit, name="admit"),
    path("thuc-dia/doi-chieu/ban-ghi/<uuid:operation>/bo/", views.dismiss, name="dismiss"),
]
