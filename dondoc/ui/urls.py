"""The gallery; mounted only where ``settings.GALLERY`` says so."""

from django.urls import path

from . import views

app_name = "ui"
urlpatterns = [
    path("", views.gallery, name="gallery"),
    path("<slug:skin>/", views.skin, name="skin"),
]
