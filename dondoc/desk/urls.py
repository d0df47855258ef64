"""Addresses of the desk."""

from django.urls import path
from django.views.generic import RedirectView

from dondoc.desk import views

app_name = "desk"
urlpatterns = [
    path("vao/", views.enter, name="enter"),
    path("lam-viec/", RedirectView.as_view(pattern_name="desk:inbox"), name="home"),
    path("lam-viec/viec-cua-toi/", views.inbox, name="inbox"),
    path("lam-viec/thong-bao/<int:pk>/", views.read_notice, name="read_notice"),
    path("lam-viec/chuong-trinh/<int:pk>/", views.board, name="board"),
    path("don-vi/", views.inbox, name="unit_home"),
    path("lanh-dao/", views.leader, name="leader"),
    path("lanh-dao/tong-quan/", views.overview, name="overview"),
    path("lam-viec/vi-sao/", views.why, name="why"),
    path("quan-tri/nhat-ky/", views.log, name="log"),
]
