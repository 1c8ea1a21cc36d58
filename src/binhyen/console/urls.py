"""Addresses of the officers' console."""

from django.urls import URLPattern, URLResolver, path

from binhyen.console.views import (
    desk,
    duty,
    files,
    inbox,
    invitation,
    officers,
    roster,
    settings,
    signing_in,
    thread_acts,
    today,
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
    path("today/", today.today, name="today"),
    path("today/<str:unit_id>/take/", today.take_shift, name="take-shift"),
    path("today/<str:unit_id>/hand-over/", today.write_hand_over, name="hand-over"),
    path("roster/<str:unit_id>/", roster.roster, name="roster"),
    path("alert/<str:alert_id>/accept/", duty.accept_alert, name="accept-alert"),
    path("stop/", duty.stop_switches, name="stop-switches"),
    path("stop/<str:unit_id>/", duty.stop_switch, name="stop-switch"),
    path("pulse/", duty.pulse, name="pulse"),
    path("desk/", desk.desk, name="desk"),
    path("settings/", settings.own_settings, name="settings"),
    path("settings/<str:unit_id>/officers/", officers.officers, name="officers"),
    path("settings/<str:unit_id>/officers/<str:officer_id>/", officers.officer, name="officer"),
    path("settings/<str:unit_id>/zalo/", zalo.page_connection, name="zalo"),
    path("zalo/callback/", zalo.callback, name="zalo-callback"),
    path("invitation/<str:token>/", invitation.accept, name="invitation"),
    path("demo-sign-in/", signing_in.demo_sign_in, name="demo-sign-in"),
]
