"""Addresses of this room."""

from django.urls import URLPattern, path

from dondoc.programmes import board_views, feed_views, views
from dondoc.programmes import calendar_views as calendar

app_name = "programmes"
_ONE = "lam-viec/chuong-trinh/<int:pk>/"
urlpatterns: list[URLPattern] = [
    path("lich/<str:token>.ics", feed_views.feed, name="feed"),
    path("lam-viec/lich-cua-toi/", feed_views.my_calendar, name="my_calendar"),
    path("lam-viec/lich-cua-toi/thu-hoi/", feed_views.revoke, name="revoke_feed"),
    path("lam-viec/chuong-trinh/", views.programmes, name="list"),
    path("lam-viec/chuong-trinh/moi/", views.new, name="new"),
    path(f"{_ONE}can-cu/", views.basis, name="basis"),
    path(f"{_ONE}noi-dung/", views.contents, name="contents"),
    path(f"{_ONE}noi-dung/moi/", views.new_content, name="add_content"),
    path(f"{_ONE}noi-dung/goi-y/", views.suggest, name="suggest_criteria"),
    path(f"{_ONE}noi-dung/tieu-chi/", views.choose_criteria, name="choose_criteria"),
    path(f"{_ONE}noi-dung/<int:content>/", views.content, name="edit_content"),
    path(f"{_ONE}noi-dung/<int:content>/bo/", views.drop_content, name="drop_content"),
    path(f"{_ONE}don-vi-lich/", calendar.units, name="units"),
    path(f"{_ONE}don-vi-lich/bang/", board_views.board, name="board"),
    path(f"{_ONE}don-vi-lich/in/", board_views.sheet, name="week"),
    path(f"{_ONE}don-vi-lich/chon/", calendar.choose_units, name="set_units"),
    path(f"{_ONE}don-vi-lich/de-xuat/", calendar.propose, name="propose"),
    path(f"{_ONE}don-vi-lich/hoi/<int:question>/", calendar.settle_unit, name="settle_unit"),
    path(f"{_ONE}don-vi-lich/<int:covered>/", calendar.slot, name="schedule"),
    path(f"{_ONE}don-vi-lich/<int:covered>/cho/", board_views.room, name="room"),
    path(f"{_ONE}don-vi-lich/<int:covered>/bo/", calendar.unschedule, name="unschedule"),
    path(f"{_ONE}doan/", calendar.teams, name="teams"),
    path(f"{_ONE}doan/moi/", calendar.new_team, name="add_team"),
    path(f"{_ONE}doan/<int:team>/", calendar.team, name="edit_team"),
    path(f"{_ONE}doan/<int:team>/bo/", calendar.drop_team, name="drop_team"),
    path(f"{_ONE}kiem-tra-lai/", views.review, name="review"),
    path(f"{_ONE}kiem-tra-lai/xung-dot/<int:person>/<int:at_unit>/", views.waive, name="waive"),
    path(f"{_ONE}trinh/", views.submit, name="submit"),
    path(f"{_ONE}tra-lai/", views.hand_back, name="hand_back"),
    path(f"{_ONE}ban-hanh/", views.issue, name="issue"),
    path(f"{_ONE}dong/", views.close, name="close"),
]
