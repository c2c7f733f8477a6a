"""Slow work: a task takes ids, loads, and calls one action; it is safe to run twice."""

import os
from typing import Any

import structlog
from celery import Celery
from celery.signals import setup_logging, task_postrun, task_prerun

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clusters_portal.settings.demo")

app = Celery("clusters_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@setup_logging.connect
def keep_our_logs(**_told: object) -> None:
    """Celery leaves logging alone when somebody answers this: Django's settings hold."""


@task_prerun.connect
def bind_task_id(task_id: str, task: Any, **_told: object) -> None:  # noqa: ANN401 - Celery's
    """Every log line of a task carries its id and name."""
    structlog.contextvars.bind_contextvars(task_id=task_id, task=task.name)


@task_postrun.connect
def unbind_task_id(**_told: object) -> None:
    """The next task of this process starts with a clean slate."""
    structlog.contextvars.unbind_contextvars("task_id", "task")
