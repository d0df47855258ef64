"""Addresses of the window, and of the desks of those who keep it."""

from django.urls import path, register_converter
from django.urls.converters import IntConverter
from django.views.generic import RedirectView

from dondoc.foundation.middleware import public
from dondoc.portal import feeds, views


class TwoDigits(IntConverter):
    """Month or day as in 2019/09/13: one address per article."""

    regex = "[0-9]{2}"

    def to_url(self, value: int | str) -> str:
        return f"{int(value):02}"


class Year(IntConverter):
    """Four digits."""

    regex = "[0-9]{4}"


register_converter(TwoDigits, "two")
register_converter(Year, "year")

_ARTICLE = "tin-tuc/<year:year>/<two:month>/<two:day>/<slug:slug>/"
_COMMENT = "lam-viec/y-kien/<int:pk>/"

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("tin-tuc/", views.news, name="news"),
    path(_ARTICLE, views.article, name="article"),
    path(_ARTICLE + "gui-y-kien/", views.send_comment, name="send_comment"),
    path("tin-tuc/da-xem/", views.seen, name="seen"),
    path("ket-qua/", views.results, name="results"),
    path("ket-qua/<slug:slug>/", views.result, name="result"),
    path("van-ban/", views.papers, name="papers"),
    path("van-ban/<slug:slug>/", views.paper, name="paper"),
    path("tim-kiem/", views.search, name="search"),
    path("so-do-trang/", views.site_map, name="site_map"),
    path("gop-y/", views.feedback, name="feedback"),
    path("gop-y/da-nhan/<str:signed>/", views.receipt, name="receipt"),
    path("ma-xac-nhan/doi/", views.renew_code, name="renew_code"),
    path("ma-xac-nhan/<str:token>.png", views.code_picture, name="code_picture"),
    path("ma-xac-nhan/<str:token>.wav", views.code_sound, name="code_sound"),
    path("rss.xml", feeds.rss, name="rss"),
    path("atom.xml", feeds.atom, name="atom"),
    path("sitemap.xml", feeds.sitemap, name="sitemap"),
    path("robots.txt", feeds.robots, name="robots"),
    # Wagtail's own sign-in has neither our limits nor the second factor; the house has one door.
    path("_util/login/", public(RedirectView.as_view(pattern_name="account_login", query_string=True))),
    path("lam-viec/cong/", views.editing, name="editing"),
    path("lam-viec/y-kien/", views.comments, name="comments"),
    path("quan-tri/du-lieu-ca-nhan/", views.personal_data, name="personal_data"),
    path(_COMMENT, views.comment, name="comment"),
    path(_COMMENT + "dang/", views.show_comment, name="show_comment"),
    path(_COMMENT + "khong-dang/", views.hide_comment, name="hide_comment"),
    path(_COMMENT + "chuyen/", views.redirect_comment, name="redirect_comment"),
    path(_COMMENT + "tra-loi/", views.reply, name="reply"),
    path(_COMMENT + "so-dien-thoai/", views.reveal_phone, name="reveal_phone"),
]
