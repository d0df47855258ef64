"""Addresses of this room."""

from django.urls import path

from dondoc.papers import views

app_name = "papers"
urlpatterns = [
    path("lam-viec/van-ban-di/", views.papers, name="papers"),
    path("lam-viec/van-ban-di/<int:pk>/tai/", views.download, name="download"),
]
