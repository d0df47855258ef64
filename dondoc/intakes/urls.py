"""Addresses of this room."""

from django.urls import path

from dondoc.intakes import bring_views, views

app_name = "intakes"
urlpatterns = [
    path("lam-viec/van-ban/doc/", bring_views.bring_in, name="bring_in"),
    path("lam-viec/van-ban/doc/<int:pk>/", views.correct, name="correct"),
    path("lam-viec/van-ban/doc/<int:pk>/tien-do/", bring_views.progress, name="progress"),
    path("lam-viec/van-ban/doc/<int:pk>/dan/", bring_views.paste, name="paste"),
    path("lam-viec/van-ban/doc/<int:pk>/doc-lai/", bring_views.read_again, name="read_again"),
    path("lam-viec/van-ban/doc/<int:pk>/xac-nhan/", views.confirm, name="confirm"),
    path("lam-viec/van-ban/doc/<int:pk>/ban-cua/", views.whose, name="whose"),
    path("lam-viec/van-ban/doc/<int:pk>/doan/", views.passage, name="passage"),
    path("lam-viec/van-ban/doc/<int:pk>/bo/", views.drop, name="drop"),
    path("lam-viec/van-ban/doc/<int:pk>/tep/", views.intake_file, name="file"),
    path("lam-viec/van-ban/nhieu/", bring_views.bring_many, name="bring_many"),
    path("lam-viec/van-ban/nhieu/<int:pk>/", bring_views.batch, name="batch"),
    path("lam-viec/van-ban/nhieu/<int:pk>/tien-do/", bring_views.batch_progress, name="batch_progress"),
    path("lam-viec/van-ban/nhieu/<int:pk>/them/", bring_views.add_to_batch, name="add_to_batch"),
    path("lam-viec/van-ban/nhieu/<int:pk>/xac-nhan/", bring_views.confirm_several, name="confirm_several"),
    path("lam-viec/van-ban/nhieu/<int:pk>/bo/", bring_views.drop_several, name="drop_several"),
]
