"""Addresses of this room."""

from django.urls import path

from dondoc.reports import views

app_name = "reports"
_ONE = "lam-viec/bao-cao/<int:pk>/"
urlpatterns = [
    path("lam-viec/bao-cao/", views.reports, name="reports"),
    path("lam-viec/bao-cao/lap/", views.draft, name="draft"),
    path(_ONE, views.report, name="report"),
    path(f"{_ONE}so-lieu/", views.rows, name="rows"),
    path(f"{_ONE}sua/", views.edit, name="edit"),
    path(f"{_ONE}cap-nhat/", views.freeze, name="freeze"),
    path(f"{_ONE}trinh/", views.submit, name="submit"),
    path(f"{_ONE}tra-lai/", views.hand_back, name="hand_back"),
    path(f"{_ONE}ban-hanh/", views.issue, name="issue"),
    path(f"{_ONE}tai/", views.download, name="download"),
    path("lam-viec/cong-bo/", views.publications, name="publications"),
    path("lam-viec/cong-bo/van-ban/", views.publish_paper, name="publish_paper"),
    path("lam-viec/cong-bo/ket-qua/", views.publish_results, name="publish_results"),
    path("lam-viec/cong-bo/<int:pk>/rut/", views.withdraw, name="withdraw"),
]
