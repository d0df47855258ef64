"""The table of rooms and their Vietnamese addresses (ux.md §3)."""

from django.conf import settings
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

urlpatterns = [
    path("", include("dondoc.config.health")),
    path("", include("dondoc.people.urls")),
    path("", include("dondoc.desk.urls")),
    path("", include("dondoc.units.urls")),
    path("", include("dondoc.directives.urls")),
    path("", include("dondoc.intakes.urls")),
    path("", include("dondoc.criteria.urls")),
    path("", include("dondoc.programmes.urls")),
    path("", include("dondoc.inspections.urls")),
    path("", include("dondoc.sampling.urls")),
    path("", include("dondoc.findings.urls")),
    path("", include("dondoc.minutes.urls")),
    path("", include("dondoc.fieldwork.urls")),
    path("", include("dondoc.remediation.urls")),
    path("", include("dondoc.reports.urls")),
    path("", include("dondoc.papers.urls")),
    path("", include("dondoc.portal.urls")),
    path("bien-tap/", include(wagtailadmin_urls)),
    path("tai-lieu/", include(wagtaildocs_urls)),
]
if settings.GALLERY:
    urlpatterns.append(path("ui/", include("dondoc.ui.urls")))
urlpatterns.append(path("", include(wagtail_urls)))
