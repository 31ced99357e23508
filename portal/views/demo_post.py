"""The post of the demo: every mail the portal sent, readable without a mailbox. Not there in production.

The HTML of a mail is shown in a frame that may do nothing: no script, no image from outside, no form. A link in it opens in the
whole window, as it would from a mailbox.
"""

import email.policy
import re
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.parser import BytesHeaderParser, BytesParser
from pathlib import Path

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp_replace, csp_update
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.clickjacking import xframe_options_sameorigin

from kern.klok import AMSTERDAM
from toegang.toelating import openbaar

PER_PAGINA = 25
#: Searching reads files one by one; nobody looks further back than this in a demo.
DOORZOEKT = 3_000
NAAM = re.compile(r"[0-9A-Za-z][0-9A-Za-z.-]*\.eml")
LINK = re.compile(r"https?://[^\s<>\"']+")


@dataclass(frozen=True, slots=True)
class Post:
    """One mail as the list shows it."""

    naam: str
    onderwerp: str
    aan: str
    op: datetime


def _files() -> list[Path]:
    """All mails, newest first: their names start with the time."""
    return sorted(Path(settings.EMAIL_FILE_PATH).glob("[0-9]*.eml"), reverse=True)


def _heading(path: Path) -> Post:
    with path.open("rb") as file:
        message = BytesHeaderParser(policy=email.policy.default).parse(file)
    written = datetime.strptime(path.name[:15] + "+0000", "%Y%m%dT%H%M%S%z")
    return Post(path.name, str(message["Subject"] or ""), str(message["To"] or ""), written.astimezone(AMSTERDAM))


@openbaar
def post(request: HttpRequest) -> HttpResponse:
    """The list, newest first; `zoek` is a casusnummer, an address or a word of the subject."""
    zoek = request.GET.get("zoek", "").strip()[:100]
    files = _files()
    if zoek:
        needle = zoek.lower()
        found = (_heading(path) for path in files[:DOORZOEKT])
        files = [path for path, kop in zip(files, found, strict=False) if needle in f"{kop.onderwerp} {kop.aan}".lower()]
    page = Paginator(files, PER_PAGINA).get_page(request.GET.get("pagina"))
    context = {
        "page": page,
        "naast": 2,
        "berichten": [_heading(path) for path in page.object_list],
        "zoek": zoek,
    }
    return render(request, "demo/post.html", context)


def _read(naam: str) -> EmailMessage:
    path = Path(settings.EMAIL_FILE_PATH) / naam
    if not NAAM.fullmatch(naam) or not path.is_file():
        raise Http404
    message: EmailMessage = BytesParser(policy=email.policy.default).parsebytes(path.read_bytes())
    return message


def _part(message: EmailMessage, kind: str) -> str:
    part = message.get_body(preferencelist=(kind,))
    return str(part.get_content()) if part is not None else ""


def _with_links(text: str) -> SafeString:
    """Plain text with its addresses as links; everything else escaped."""
    pieces: list[tuple[str, SafeString]] = []
    end = 0
    for match in LINK.finditer(text):
        link = format_html_join("", '<a href="{0}">{0}</a>', [(match[0],)])
        pieces.append((text[end : match.start()], link))
        end = match.end()
    pieces.append((text[end:], SafeString("")))
    return format_html_join("", "{}{}", pieces)


def _attachments(message: EmailMessage) -> list[dict[str, str]]:
    """The files that go with a mail: name, kind and, of text, what is in them."""
    found = []
    for part in message.iter_attachments():
        raw = part.get_payload(decode=True)
        text = raw.decode("utf-8", "replace") if part.get_content_maintype() == "text" and isinstance(raw, bytes) else ""
        found.append({"naam": part.get_filename() or "bijlage", "soort": part.get_content_type(), "tekst": text})
    return found


@openbaar
@csp_update({"frame-src": [SELF]})  # type: ignore[arg-type]  # its types know only views without arguments
def bericht(request: HttpRequest, naam: str) -> HttpResponse:
    """One mail: what it says as text, how it looks, the files with it, and its headers."""
    message = _read(naam)
    context = {
        "naam": naam,
        "onderwerp": str(message["Subject"] or ""),
        "koppen": [(kop, str(message[kop])) for kop in ("From", "To", "Date", "Message-ID") if message[kop]],
        "tekst": _with_links(_part(message, "plain")),
        "opgemaakt": bool(message.get_body(preferencelist=("html",))),
        "bijlagen": _attachments(message),
    }
    return render(request, "demo/bericht.html", context)


@openbaar
@xframe_options_sameorigin
@csp_replace(  # type: ignore[arg-type]  # its types know only views without arguments
    {
        **{name: [NONE] for name in ("default-src", "script-src", "font-src", "connect-src", "manifest-src")},
        "style-src": [UNSAFE_INLINE],
        "img-src": ["data:"],
        "base-uri": [NONE],
        "form-action": [NONE],
        "frame-ancestors": [SELF],
        "sandbox": ["allow-top-navigation-by-user-activation", "allow-popups", "allow-popups-to-escape-sandbox"],
    }
)
def opgemaakt(_request: HttpRequest, naam: str) -> HttpResponse:
    """The HTML of a mail, for the frame."""
    html = _part(_read(naam), "html")
    # A link opens in the whole window: inside the frame nothing but the mail can be shown.
    return HttpResponse(re.sub(r"(<head[^>]*>)", r'\1<base target="_top">', html, count=1))
