from django.apps import AppConfig


class ZorgaanbodConfig(AppConfig):
    name = "zorgaanbod"
    verbose_name = "Zorgaanbod"
