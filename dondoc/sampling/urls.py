"""Addresses of this room."""

from django.urls import path

from dondoc.sampling import views

app_name = "sampling"
_LISTS = "lam-viec/kiem-tra/<int:pk>/lay-mau/"
_ONE = f"{_LISTS}<int:population>/"
_FILE = f"{_ONE}ho-so/<int:file>/"
urlpatterns = [
    path(_LISTS, views.lists, name="lists"),
    path(_ONE, views.population, name="population"),
    path(f"{_ONE}danh-sach/", views.relist, name="relist"),
    path(f"{_ONE}chot/", views.fix, name="fix"),
    path(f"{_ONE}so-don-vi/", views.tell, name="tell"),
    path(f"{_ONE}rut/", views.draw, name="draw"),
    path(f"{_ONE}phieu/", views.paper, name="paper"),
    path(_FILE, views.file, name="file"),
    path(f"{_FILE}ket-qua/", views.check, name="check"),
    path(f"{_FILE}thay/", views.replace, name="replace"),
]
