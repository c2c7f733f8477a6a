"""The door for web servers."""

import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clusters_portal.settings.production")

application = get_wsgi_application()
# Before the workers are forked: otherwise the first reader of each waits two seconds for it.
import_module(settings.ROOT_URLCONF)
