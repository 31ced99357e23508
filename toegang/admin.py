"""Beheer of accounts, appointments and API tokens, and the access log to read. No content of casussen anywhere."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.models import LogEntry
from django.db.models import QuerySet
from django.http import HttpRequest

from kern.admin import ReadOnlyAdmin
from kern.klok import now, today
from kern.rijen import RijenFormSet
from toegang.actions.accounts import HERSTEL, WELKOM, send_password_link
from toegang.actions.tokens import withdraw_token
from toegang.forms import AanstellingForm, UserForm
from toegang.models import Aanstelling, ApiToken, Inzage, User
from toegang.models.aanstelling import ORGANISATIES
from toegang.toelating import kijker_of


class AanstellingInline(admin.StackedInline):  # type: ignore[type-arg]
    """Nobody gives themselves a role: that takes a second person of functioneel beheer."""

    model = Aanstelling
    form = AanstellingForm
    formset = RijenFormSet
    extra = 0
    autocomplete_fields = ["school", "wijkteam"]

    def _is_own(self, request: HttpRequest, obj: Any) -> bool:
        return obj is not None and obj.pk == request.user.pk

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return not self._is_own(request, obj) and super().has_add_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return not self._is_own(request, obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return not self._is_own(request, obj) and super().has_delete_permission(request, obj)


@admin.register(User)
class UserAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    form = UserForm
    list_display = ["naam", "email", "rollen", "is_active", "last_login"]
    list_filter = ["is_active", "aanstellingen__rol"]
    search_fields = ["naam", "email"]
    readonly_fields = ["last_login", "date_joined"]
    fields = ["email", "naam", "telefoon", "is_active", "last_login", "date_joined"]
    inlines = [AanstellingInline]
    actions = ["mail_wachtwoordlink"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related(*(f"aanstellingen__{soort}" for soort in ORGANISATIES))

    @admin.display(description="rollen vandaag")
    def rollen(self, user: User) -> str:
        return ", ".join(str(one) for one in user.aanstellingen.all() if one.holds_on(today())) or "–"

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:  # noqa: ARG002
        return False  # what someone did stays theirs: an account is closed ('actief' uit), never removed

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:  # noqa: FBT001
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)
        if not change:
            send_password_link(user=obj, soort=WELKOM, by=kijker_of(request), op=now())
            self.message_user(request, f"{obj.email} krijgt een mail met een link om een wachtwoord te kiezen.")

    @admin.action(description="Mail een link om een wachtwoord te kiezen")
    def mail_wachtwoordlink(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        users = list(queryset.filter(is_active=True))
        for user in users:
            send_password_link(user=user, soort=HERSTEL, by=kijker_of(request), op=now())
        self.message_user(request, f"Verstuurd aan {len(users)} actieve accounts.", messages.SUCCESS)


@admin.register(ApiToken)
class ApiTokenAdmin(ReadOnlyAdmin):
    """Tokens are made with `manage.py create_token`; here they are seen and withdrawn. The token itself is known to nobody."""

    list_display = ["naam", "aanstelling", "gebruiker", "aangemaakt", "verloopt_op", "ingetrokken_op", "laatst_gebruikt"]
    list_filter = ["aanstelling__rol"]
    search_fields = ["naam", "aanstelling__user__email", "aanstelling__user__naam"]
    list_select_related = [f"aanstelling__{part}" for part in ("user", *ORGANISATIES)]
    exclude = ["hash"]
    actions = ["intrekken"]

    @admin.display(description="gebruiker", ordering="aanstelling__user__naam")
    def gebruiker(self, token: ApiToken) -> str:
        return str(token.aanstelling.user)

    @admin.action(description="Intrekken: het token werkt meteen niet meer")
    def intrekken(self, request: HttpRequest, queryset: QuerySet[ApiToken]) -> None:
        for token in queryset:
            withdraw_token(token=token, by=kijker_of(request), op=now())
        self.message_user(request, "Ingetrokken.", messages.SUCCESS)


@admin.register(Inzage)
class InzageAdmin(ReadOnlyAdmin):
    """Who looked at or changed what. Ids only: functioneel beheer sees that it happened, not what there was to see."""

    list_display = ["op", "user", "rol", "actie", "uitkomst", "object_soort", "object_id", "relatie"]
    list_filter = ["uitkomst", "actie", "rol"]
    search_fields = ["=object_id", "user__email"]
    search_help_text = "Zoek op nummer in de database of op e-mailadres."
    date_hierarchy = "op"
    list_select_related = ["user"]
    show_full_result_count = False


@admin.register(LogEntry)
class LogEntryAdmin(ReadOnlyAdmin):
    """What functioneel beheer itself changed here."""

    list_display = ["action_time", "user", "content_type", "object_repr", "action_flag"]
    list_filter = ["content_type"]
    search_fields = ["user__email", "object_repr"]
    list_select_related = ["user", "content_type"]
    date_hierarchy = "action_time"
