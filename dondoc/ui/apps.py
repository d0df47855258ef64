from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "dondoc.ui"
    verbose_name = "Giao diện"
