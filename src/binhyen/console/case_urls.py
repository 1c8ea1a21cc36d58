"""Addresses of the console's pages about cases, openings of identities and custodians."""

from django.urls import path

from binhyen.console.views import case_acts, case_handing, case_taking, cases, conduct, custodians, openings

case_patterns = [
    path("cases/", cases.case_list, name="cases"),
    path("cases/take/", case_taking.take_report, name="take-report"),
    path("cases/<str:case_id>/", cases.case, name="case"),
    path("cases/<str:case_id>/act/", case_acts.act, name="case-act"),
    path("cases/<str:case_id>/transfer/", case_handing.transfer, name="transfer"),
    path("cases/<str:case_id>/paper/<str:paper>/", case_handing.paper, name="case-paper"),
    path("cases/<str:case_id>/package/<str:package_id>/", case_handing.package, name="case-package"),
    path("cases/<str:case_id>/opening/", openings.ask_opening, name="ask-opening"),
    path("case-file/<str:case_file_id>/", cases.case_file, name="case-file"),
    path("openings/", openings.opening_list, name="openings"),
    path("openings/<str:opening_id>/", openings.opening, name="opening"),
    path("custodians/<str:unit_id>/", custodians.custodians, name="custodians"),
    path("conduct/", conduct.conduct, name="conduct"),
]
