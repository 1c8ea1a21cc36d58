"""Connecting the unit's Zalo page: app keys, consent by link, or a pasted pair of tokens; behind step-up (G38)."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from binhyen.audit.models import AuditRow
from binhyen.channels import applications, consent, tokens
from binhyen.channels.models import Account, AccountState, Application
from binhyen.console.access import ConsoleRequest, fresh_second_factor_required
from binhyen.console.texts import KEY_NAMES, error_text, page_trouble
from binhyen.core.configuration import configuration
from binhyen.core.errors import NotAllowed, NotPossible, TryAgain
from binhyen.units import queries
from binhyen.units.models import Unit
from binhyen.units.queries import ADMINISTRATOR_ROLES

_TOKEN_LIMIT = 4_000
_TOKEN_NAMES = ("access_token", "refresh_token")


@fresh_second_factor_required
def page_connection(request: ConsoleRequest, unit_id: str) -> HttpResponse:
    """State of the connection and the ways to make it; secrets show their last four characters only (G42)."""
    unit = queries.access_unit(request.officer_scope, unit_id, ADMINISTRATOR_ROLES)
    extra: dict[str, Any] = {}
    if request.method == "POST":
        try:
            extra = _change(request, unit)
        except NotPossible as error:
            extra = {"error": error_text(error), "typed_app_id": request.POST.get("app_id", "")[:30]}
        except TryAgain:
            extra = {"error": _("Zalo does not answer now. Try again in a minute.")}
        if not extra:
            return redirect("console:zalo", unit.public_id)
    known = applications_of(unit)
    pages = _pages_of(unit)
    names = {page.external_id: page.name for page in pages}
    context = {
        "unit": unit,
        "accounts": [(account, page_trouble(account), _may_try_again(account)) for account in pages],
        "applications": [_shown(each, names) for each in known],
        "callback_address": _callback_address(),
    }
    return render(request, "console/zalo.html", context | extra, status=422 if "error" in extra else 200)


def _shown(application: Application, unit_pages: dict[str, str]) -> dict[str, Any]:
    return {
        "app": application,
        "address": _webhook_address(application),
        "keys": _named_keys(application, unit_pages),
        "challenge": applications.fixed_challenge(application),
        "switches": applications.switches_of(application),
    }


def _pages_of(unit: Unit) -> list[Account]:
    return list(Account.objects.filter(unit=unit, connector="zalo_oa").order_by("pk"))


def _may_try_again(account: Account) -> bool:
    """Whether one more renewal by hand may help: the last one was cut short, so nobody knows how it ended."""
    return account.state == AccountState.NEEDS_CONSENT and account.state_reason.startswith("renewal_")


def _named_keys(application: Application, unit_pages: dict[str, str]) -> list[tuple[str, str]]:
    """Secrets of the app under their name, last four characters only (G42)."""
    shown = applications.shown_keys(application)
    return [(_key_name(name, unit_pages), value) for name, value in shown.items() if _is_named(name, unit_pages)]


def _is_named(name: str, unit_pages: dict[str, str]) -> bool:
    """Keys of pages of other units that share the app are none of this unit's business (G39)."""
    number = name.partition(":")[2]
    return not number or number in unit_pages


def _key_name(name: str, unit_pages: dict[str, str]) -> str:
    kind, _colon, number = name.partition(":")
    words = str(KEY_NAMES.get(kind, kind))
    return f"{words}: {unit_pages[number] or number}" if number else words


def applications_of(unit: Unit) -> list[Application]:
    """Apps the unit's pages hang on, and those its administrators registered."""
    subjects = AuditRow.objects.filter(unit_key=unit.pk, action="channel.app_registered").values_list(
        "subject", flat=True
    )
    registered = [subject.removeprefix("application ") for subject in subjects]
    own = Application.objects.filter(connector="zalo_oa")
    return list((own.filter(accounts__unit=unit) | own.filter(public_id__in=registered)).distinct().order_by("pk"))


def _webhook_address(application: Application) -> str:
    return f"{configuration().public_url}/hooks/{application.connector}/{application.public_id}"


def _callback_address() -> str:
    return configuration().public_url + reverse("console:zalo-callback")


def _change(request: ConsoleRequest, unit: Unit) -> dict[str, Any]:
    """Do it; what the page shows besides, empty when it only has to be shown again."""
    match request.POST.get("act", ""):
        case "keys":
            _register(request, unit)
            messages.success(request, _("The keys are sealed."))
        case "consent":
            application = _application(unit, request.POST.get("application", ""))
            address = consent.begin_consent(application, unit, _callback_address(), request.user.pk)
            return {"consent_address": address}
        case "tokens":
            access, refresh = (request.POST.get(name, "").strip()[:_TOKEN_LIMIT] for name in _TOKEN_NAMES)
            if not access or not refresh:
                raise NotPossible("zalo_tokens_missing")
            application = _application(unit, request.POST.get("application", ""))
            page = request.POST.get("oa_id", "").strip()
            consent.paste_tokens(unit, application, page, access, refresh, request.user.pk)
            messages.success(request, _("The page is connected."))
        case "page-key":
            _keep_page_key(request, unit)
            messages.success(request, _("The keys are sealed."))
        case "fix-challenge" | "free-challenge" | "signature" as act:
            _change_application(request, unit, act)
            messages.success(request, _("Kept."))
        case "renew":
            tokens.renew_by_hand(_page_to_renew(unit, request.POST.get("page", "")), request.user.pk)
            messages.success(request, _("The page is connected."))
        case _:
            raise NotPossible("unknown_act")
    return {}


def _change_application(request: ConsoleRequest, unit: Unit, act: str) -> None:
    """What sources disagree on, and Zalo's console may ask for (zalo section 11)."""
    application = _application(unit, request.POST.get("application", ""))
    if act == "fix-challenge":
        applications.fix_challenge(unit.pk, application, request.user.pk)
    elif act == "free-challenge":
        applications.change_key(unit.pk, application, "code_verifier", "", request.user.pk)
    else:
        for name in applications.SETTING_NAMES:
            applications.change_key(unit.pk, application, name, request.POST.get(name, ""), request.user.pk)


def _keep_page_key(request: ConsoleRequest, unit: Unit) -> None:
    """A page may sign its webhooks with a key of its own instead of the app's."""
    page = _page_of(unit, request.POST.get("page", ""))
    value = request.POST.get("page_key", "").strip()[:200]
    if page.application is None:
        raise NotAllowed
    if not value:
        raise NotPossible("page_key_missing")
    name = f"oa_secret_key:{page.external_id}"
    applications.change_key(unit.pk, page.application, name, value, request.user.pk)


def _page_of(unit: Unit, public_id: str) -> Account:
    found = next((page for page in _pages_of(unit) if page.public_id == public_id), None)
    if found is None:
        raise NotAllowed
    return found


def _page_to_renew(unit: Unit, public_id: str) -> Account:
    found = _page_of(unit, public_id)
    if not _may_try_again(found):
        raise NotPossible("page_needs_consent")
    return found


def _register(request: ConsoleRequest, unit: Unit) -> None:
    keys = applications.AppKeys(
        *(request.POST.get(name, "").strip()[:200] for name in ("app_id", "app_secret", "oa_secret_key"))
    )
    known = {application.external_id for application in applications_of(unit)}
    if keys.app_id not in known and Application.objects.filter(connector="zalo_oa", external_id=keys.app_id).exists():
        raise NotPossible("app_of_another_unit")
    applications.register_application(unit.pk, keys, request.user.pk)


def _application(unit: Unit, public_id: str) -> Application:
    found = next((each for each in applications_of(unit) if each.public_id == public_id), None)
    if found is None:
        raise NotAllowed
    return found


@fresh_second_factor_required
def callback(request: ConsoleRequest) -> HttpResponse:
    """Zalo sends the administrator back here with a code, a page number and our own signed state."""
    state, code, page = (request.GET.get(name, "")[:_TOKEN_LIMIT] for name in ("state", "code", "oa_id"))
    try:
        account = consent.finish_consent(state, code, page, request.user.pk)
    except NotPossible as error:
        return render(request, "console/zalo_refused.html", {"error": error_text(error)}, status=422)
    messages.success(request, _("The page is connected."))
    return redirect("console:zalo", account.unit.public_id)
