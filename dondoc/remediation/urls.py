"""Addresses of this room."""

from django.urls import path

from dondoc.remediation import views

app_name = "remediation"
_TASK = "lam-viec/kien-nghi/<int:pk>/"
urlpatterns = [
    path("lam-viec/kien-nghi/", views.tasks, name="tasks"),
    path("don-vi/khac-phuc/<int:pk>/", views.task, name="task_of_unit"),
    path(_TASK, views.task, name="task"),
    path(f"{_TASK}bao-cao/", views.report, name="report"),
    path(f"{_TASK}xac-minh/", views.verify, name="verify"),
    path(f"{_TASK}gia-han/", views.extend, name="extend"),
    path(f"{_TASK}minh-chung/<int:proof>/", views.proof, name="proof"),
    path("lam-viec/ket-luan/<int:pk>/khac-phuc/", views.of_conclusion, name="of_conclusion"),
    path("lam-viec/ket-luan/<int:pk>/khac-phuc/giao/", views.open_tasks, name="open"),
    path("lam-viec/ket-luan/<int:pk>/khac-phuc/dong/", views.close_visit, name="close"),
]
