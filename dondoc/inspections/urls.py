"""Addresses of this room: the unit's side, the team's on the spot, and the visit."""

from django.urls import path

from dondoc.inspections import views

app_name = "inspections"
_report = "don-vi/tu-bao-cao/<int:pk>/"
_visit = "lam-viec/kiem-tra/<int:pk>/"
urlpatterns = [
    path(_report, views.self_report, name="self_report"),
    path(f"{_report}muc/<int:criterion>/", views.declare, name="declare"),
    path(f"{_report}kiem-tra-lai/", views.check, name="check"),
    path(f"{_report}gui/", views.send, name="send"),
    path(f"{_report}nhan/", views.accept, name="accept"),
    path(f"{_report}tra-lai/", views.return_, name="return_"),
    path("thuc-dia/", views.visits, name="visits"),
    path("thuc-dia/dot/<int:pk>/phieu/", views.sheet, name="sheet"),
    path("thuc-dia/dot/<int:pk>/muc/<int:criterion>/", views.verify, name="verify"),
    path("lam-viec/chuong-trinh/<int:pk>/mo-kiem-tra/", views.open_visits, name="open"),
    path(_visit, views.visit, name="visit"),
    path(f"{_visit}bao-lich/", views.announce, name="announce"),
    path(f"{_visit}hoan/", views.postpone, name="postpone"),
    path(f"{_visit}bat-dau/", views.begin, name="begin"),
    path(f"{_visit}diem-danh/", views.headcount, name="headcount"),
    path(f"{_visit}dong/", views.close, name="close"),
    path("lam-viec/tai-lieu/<int:pk>/", views.evidence, name="evidence"),
    path("lam-viec/tai-lieu/<int:pk>/go/", views.detach, name="detach"),
]
