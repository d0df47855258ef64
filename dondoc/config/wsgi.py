"""The door for web servers."""

import os

from django.core.wsgi import get_wsgi_application
from django.template.loader import get_template
from django.urls import reverse

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dondoc.config.settings")
application = get_wsgi_application()

# Read addresses, templates and catalogues before the server forks: the first visitor does not wait.
reverse("health:health")
get_template("ui/page.html")
