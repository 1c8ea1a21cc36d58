"""Addresses of the residents' portal; neutral words, no content (G12)."""

from django.urls import URLPattern, URLResolver, path, re_path

from binhyen.portal.views import (
    asking,
    board,
    choosing,
    conduct,
    form_files,
    home,
    joining,
    language,
    my_data,
    procedures,
    reporting,
    results,
    tracking,
)

app_name = "portal"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", choosing.choose, name="choose"),
    path("ngon-ngu/", language.choose_language, name="language"),
    re_path(r"^[nN]/(?P<code>[A-Za-z0-9]{4,12})/?$", joining.join, name="join"),
    path("<slug:slug>/", home.home, name="home"),
    path("<slug:slug>/hoi/", results.results, name="results"),
    path("<slug:slug>/thu-tuc/", procedures.all_procedures, name="procedures"),
    path("<slug:slug>/thu-tuc/<slug:procedure_id>/", procedures.procedure, name="procedure"),
    path("<slug:slug>/mau-don/", procedures.all_forms, name="forms"),
    path("<slug:slug>/mau-don/<str:code>/", procedures.form, name="form"),
    path("<slug:slug>/mau-don/<str:code>/<slug:name>.pdf", form_files.form_file, {"kind": "pdf"}, name="form_pdf"),
    path("<slug:slug>/mau-don/<str:code>/<slug:name>.docx", form_files.form_file, {"kind": "docx"}, name="form_docx"),
    path("<slug:slug>/so-dien-thoai/", home.phone_list, name="phone_list"),
    path("<slug:slug>/tin/", board.board, name="board"),
    re_path(r"^(?P<slug>[-\w]+)/tin/(?P<form>atom|rss)\.xml$", board.feed, name="feed"),
    path("<slug:slug>/tin/khoa-ky.pem", board.signing_key, name="signing_key"),
    re_path(r"^(?P<slug>[-\w]+)/tin/(?P<kind>[a-z_]+)/(?P<form>atom|rss)\.xml$", board.feed, name="kind_feed"),
    path("<slug:slug>/tin/<str:post_id>/", board.post, name="post"),
    path("<slug:slug>/tin/<str:post_id>/anh.jpg", board.post_picture, name="post_picture"),
    path("<slug:slug>/tin/<str:post_id>/canh-bao.xml", board.cap, name="cap"),
    path("<slug:slug>/kenh-that/", home.is_it_real, name="is_it_real"),
    path("<slug:slug>/rieng-tu/", home.privacy, name="privacy"),
    path("<slug:slug>/rieng-tu/cua-toi/", my_data.my_data, name="my_data"),
    path("<slug:slug>/bao-ve/", home.protection, name="protection"),
    path("<slug:slug>/tro-giup/", home.help_page, name="help"),
    path("<slug:slug>/g/", asking.question, name="question"),
    path("<slug:slug>/g/<int:step>/", reporting.report, name="report"),
    path("<slug:slug>/g/thoat/", reporting.leave, name="report_exit"),
    path("<slug:slug>/g/rieng/", reporting.formal, name="formal"),
    path("<slug:slug>/g/gop-y/", conduct.conduct, name="conduct"),
    path("<slug:slug>/x/", tracking.track, name="track"),
]
