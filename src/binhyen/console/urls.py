"""Addresses of the officers' console."""

from django.urls import URLPattern, URLResolver, path

from binhyen.console.views import (
    desk,
    duty,
    files,
    inbox,
    invitation,
    officers,
    procedure,
    procedure_looks,
    procedures,
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
    path("procedures/", procedures.units, name="procedures"),
    path("procedures/<str:unit_id>/", procedures.overview, name="unit-procedures"),
    path("procedures/<str:unit_id>/file/", procedures.as_file, name="procedures-file"),
    path("procedures/<str:unit_id>/approval/<str:version_id>/", procedure.approval, name="procedure-approval"),
    path("procedures/<str:unit_id>/of/<str:procedure_id>/", procedure.procedure, name="procedure"),
    path("procedures/<str:unit_id>/of/<str:procedure_id>/preview/", procedure_looks.preview, name="procedure-preview"),
    path("procedures/<str:unit_id>/of/<str:procedure_id>/sheet/", procedure_looks.sheet, name="procedure-sheet"),
    path("procedures/<str:unit_id>/of/<str:procedure_id>/on/", procedure_looks.history, name="procedure-history"),
    path("settings/", settings.own_settings, name="settings"),
    path("settings/<str:unit_id>/officers/", officers.officers, name="officers"),
    path("settings/<str:unit_id>/officers/<str:officer_id>/", officers.officer, name="officer"),
    path("settings/<str:unit_id>/zalo/", zalo.page_connection, name="zalo"),
    path("zalo/callback/", zalo.callback, name="zalo-callback"),
    path("invitation/<str:token>/", invitation.accept, name="invitation"),
    path("demo-sign-in/", signing_in.demo_sign_in, name="demo-sign-in"),
]
