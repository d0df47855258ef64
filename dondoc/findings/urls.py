"""Addresses of this room."""

from django.urls import path

from dondoc.findings import feedback_views as feedback
from dondoc.findings import views

app_name = "findings"
_VISIT = "lam-viec/kiem-tra/<int:pk>/"
urlpatterns = [
    path(f"{_VISIT}phat-hien/", views.findings, name="findings"),
    path(f"{_VISIT}phat-hien/y-kien/", views.settle, name="settle"),
    path(f"{_VISIT}phat-hien/<int:finding>/", views.edit, name="edit"),
    path(f"{_VISIT}phat-hien/<int:finding>/bo/", views.drop, name="drop"),
    path(f"{_VISIT}khac-phuc-ngay/", views.immediate, name="immediate"),
    path(f"{_VISIT}khac-phuc-ngay/<int:finding>/", views.reply, name="reply"),
    path(f"{_VISIT}khac-phuc-ngay/<int:finding>/tep/<int:reply>/", views.reply_file, name="reply_file"),
    path(f"{_VISIT}y-kien/", feedback.page, name="feedback"),
    path(f"{_VISIT}y-kien/hoi/", feedback.ask, name="ask_feedback"),
    path(f"{_VISIT}y-kien/ket-thuc/", feedback.close, name="close_feedback"),
    path(f"{_VISIT}y-kien/<int:point>/", feedback.decide, name="decide_feedback"),
    path(f"{_VISIT}y-kien/<int:point>/tep/<int:file>/", feedback.file, name="feedback_file"),
    path(f"{_VISIT}ket-luan/", views.conclusion, name="conclusion"),
    path(f"{_VISIT}ket-luan/trinh/", views.submit, name="submit"),
    path(f"{_VISIT}ket-luan/tra-lai/", views.hand_back, name="hand_back"),
    path(f"{_VISIT}ket-luan/ban-hanh/", views.issue, name="issue"),
    path("lam-viec/ket-luan/<int:pk>/", views.issued, name="issued"),
    path("lam-viec/ket-luan/<int:pk>/tai/", views.download, name="download"),
]
