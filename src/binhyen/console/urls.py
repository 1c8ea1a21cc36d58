"""Addresses of the officers' console."""

from django.urls import URLPattern, URLResolver, path

from binhyen.console.views import (
    desk,
    duty,
    files,
    groups,
    inbox,
    invitation,
    officers,
    settings,
    signing_in,
    thread_acts,
    zalo,
)

app_name = "console"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", inbox.inbox, name="inbox"),
    path("c/<str:conversation_id>/", inbox.thread, name="thread"),
    path("c/<str:conversation_id>/reply/", thread_acts.reply, name="reply"),
    path("c/<str:conversation_id>/note/", thread_acts.note, name="note"),
    path("c/<str:conversation_id>/draft/", thread_acts.draft, name="draft"),
    path("c/<str:conversation_id>/act/", thread_acts.act, name="act"),
    path("c/<str:conversation_id>/delivery/", thread_acts.delivery, name="delivery"),
    path("c/<str:conversation_id>/name/", thread_acts.name, name="name"),
    path("c/<str:conversation_id>/answers/", thread_acts.picker, name="answers"),
    path("file/<str:file_id>/", files.shown_file, name="file"),
    path("alert/<str:alert_id>/accept/", duty.accept_alert, name="accept-alert"),
    path("stop/", duty.stop_switches, name="stop-switches"),
    path("stop/<str:unit_id>/", duty.stop_switch, name="stop-switch"),
    path("pulse/", duty.pulse, name="pulse"),
    path("desk/", desk.desk, name="desk"),
    path("groups/", groups.groups, name="groups"),
    path("groups/new/<str:unit_id>/", groups.new_group, name="new-group"),
    path("groups/import/<str:unit_id>/", groups.import_counts, name="import-counts"),
    path("groups/import/<str:unit_id>/so-lieu-nhom.csv", groups.import_template, name="import-template"),
    path("groups/households/<str:unit_id>/", groups.area_households, name="area-households"),
    path("groups/codes/<str:unit_id>/", groups.codes, name="codes"),
    path("groups/codes/<str:unit_id>/<str:code>.svg", groups.code_picture, name="code-picture"),
    path("groups/<str:group_id>/", groups.group, name="group"),
    path("settings/", settings.own_settings, name="settings"),
    path("settings/<str:unit_id>/officers/", officers.officers, name="officers"),
    path("settings/<str:unit_id>/officers/<str:officer_id>/", officers.officer, name="officer"),
    path("settings/<str:unit_id>/zalo/", zalo.page_connection, name="zalo"),
    path("zalo/callback/", zalo.callback, name="zalo-callback"),
    path("invitation/<str:token>/", invitation.accept, name="invitation"),
    path("demo-sign-in/", signing_in.demo_sign_in, name="demo-sign-in"),
]
