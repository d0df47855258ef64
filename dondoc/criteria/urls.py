"""Addresses of this room."""

from django.urls import URLPattern, path

from dondoc.criteria import views

app_name = "criteria"
_ONE = "lam-viec/bo-tieu-chi/<int:pk>/"
urlpatterns: list[URLPattern] = [
    path("lam-viec/bo-tieu-chi/", views.criteria_sets, name="list"),
    path("lam-viec/bo-tieu-chi/nhap/", views.load, name="load"),
    path("lam-viec/bo-tieu-chi/lap/", views.new_set, name="new"),
    path(_ONE, views.criteria_set, name="set"),
    path(_ONE + "ban-hanh/", views.issue, name="issue"),
    path(_ONE + "phien-ban-moi/", views.renew, name="renew"),
    path(_ONE + "so-voi/<int:other>/", views.compare, name="compare"),
    path(_ONE + "thu-cham/", views.trial, name="trial"),
    path(_ONE + "in/", views.printed, name="print"),
    path(_ONE + "bang-tinh/", views.table, name="table"),
    path(_ONE + "xuat/<str:form>/", views.export, name="export"),
    path(_ONE + "ten/", views.reword, name="reword"),
    path(_ONE + "xoa/", views.discard, name="discard"),
    path(_ONE + "chuyen/", views.move, name="move"),
    path(_ONE + "bo/", views.drop, name="drop"),
    path(_ONE + "muc/them/", views.add_section, name="add_section"),
    path(_ONE + "muc/<int:section>/", views.section, name="section"),
    path(_ONE + "tieu-chi/them/", views.add_item, name="add_item"),
    path(_ONE + "tieu-chi/<int:item>/", views.item, name="item"),
    path("lam-viec/bo-tieu-chi/<path:code>/<int:version>/", views.version, name="version"),
]
