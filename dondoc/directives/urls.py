"""Addresses of this room."""

from django.urls import path

from dondoc.directives import views

app_name = "directives"
urlpatterns = [
    path("lam-viec/van-ban/", views.register_list, name="list"),
    path("lam-viec/van-ban/nhap/", views.register, name="register"),
    path("lam-viec/van-ban/<int:pk>/", views.paper, name="paper"),
    path("lam-viec/van-ban/<int:pk>/sua/", views.edit, name="edit"),
    path("lam-viec/van-ban/<int:pk>/gop/", views.merge, name="merge"),
    path("lam-viec/van-ban/<int:pk>/tep/", views.paper_file, name="file"),
]
