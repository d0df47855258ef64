"""A request from someone who has signed in; the middleware saw to it."""

from django.http import HttpRequest

from dondoc.people.models import User


class Request(HttpRequest):
    """What every view but the public ones receives."""

    user: User
