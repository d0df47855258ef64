"""Addresses of this room: the unit's side, the team's on the spot, and the visit."""

from django.urls import path

from dondoc.inspections import document_views, item_views, report_views, telling_views, views

app_name = "inspections"
_report = "don-vi/tu-bao-cao/<int:pk>/"
_shelf = "don-vi/tai-lieu/"
_visit = "lam-viec/kiem-tra/<int:pk>/"
urlpatterns = [
    path(_report, report_views.self_report, name="self_report"),
    path(f"{_report}muc/<int:criterion>/", item_views.declare, name="declare"),
    path(f"{_report}kiem-tra-lai/", report_views.check, name="check"),
    path(f"{_report}gui/", report_views.send, name="send"),
    path(f"{_report}nhan/", report_views.accept, name="accept"),
    path(f"{_report}tra-lai/", report_views.return_, name="return_"),
    path(f"{_report}in/", report_views.printed, name="printed"),
    path(f"{_report}nam-truoc/", report_views.last_year, name="last_year"),
    path(f"{_report}mau/", report_views.template, name="template"),
    path(f"{_report}nhap/", report_views.import_, name="import_"),
    path(_shelf, document_views.shelf, name="shelf"),
    path(f"{_shelf}<int:pk>/", document_views.document, name="document"),
    path(f"{_shelf}<int:pk>/thong-tin/", document_views.describe, name="describe"),
    path(f"{_shelf}<int:pk>/thay/", document_views.replace, name="replace"),
    path(f"{_shelf}<int:pk>/ban/<int:number>/", document_views.version, name="version"),
    path("thuc-dia/", views.visits, name="visits"),
    path("thuc-dia/dot/<int:pk>/phieu/", views.sheet, name="sheet"),
    path("thuc-dia/dot/<int:pk>/muc/<int:criterion>/", item_views.verify, name="verify"),
    path("lam-viec/chuong-trinh/<int:pk>/mo-kiem-tra/", views.open_visits, name="open"),
    path("lam-viec/chuong-trinh/<int:pk>/bao-lich/", telling_views.tell_schedule, name="tell_schedule"),
    path(_visit, views.visit, name="visit"),
    path(f"{_visit}bao-lich/", views.announce, name="announce"),
    path(f"{_visit}hoan/", views.postpone, name="postpone"),
    path(f"{_visit}bat-dau/", views.begin, name="begin"),
    path(f"{_visit}diem-danh/", views.headcount, name="headcount"),
    path(f"{_visit}dong/", views.close, name="close"),
    path("lam-viec/tai-lieu/<int:pk>/", item_views.evidence, name="evidence"),
    path("lam-viec/tai-lieu/<int:pk>/go/", item_views.detach, name="detach"),
]
