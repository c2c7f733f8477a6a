"""Slow work: a task takes ids, loads, and calls one action; it is safe to run twice."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clusters_portal.settings.demo")

app = Celery("clusters_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
