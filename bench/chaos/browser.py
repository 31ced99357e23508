"""What a person's browser does, without one: keep the cookies, follow where it is sent, fill in a form and send it.

And what the person does: when it does not work, try again, with the same form.
"""

import http.client
import time
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookiejar import CookieJar

#: What a person sees when something is down; 404 and 403 are answers.
HOPELOOS = (OSError, http.client.HTTPException)
WACHT = 0.4


class Opgegeven(Exception):  # noqa: N818  (the words of the house)
    """It did not work in all that time."""


@dataclass(frozen=True)
class Pagina:
    """An answer: where it was found, and what its one form would send if nothing was typed."""

    status: int
    url: str
    tekst: str
    velden: dict[str, str]

    @property
    def pad(self) -> str:
        return urllib.parse.urlsplit(self.url).path


class _Formulier(HTMLParser):
    """The fields of the last POST form on a page, other than the one to sign out with."""

    def __init__(self) -> None:
        super().__init__()
        self.velden: dict[str, str] = {}
        self._form: dict[str, str] | None = None
        self._select = self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        a = {key: value or "" for key, value in attrs}
        if tag == "form" and a.get("method", "").lower() == "post" and "logout" not in a.get("action", ""):
            self._form = {}
        if self._form is None:
            return
        name = a.get("name", "")
        if tag == "input" and name:
            if a.get("type") in {"checkbox", "radio"} and "checked" not in a:
                return
            if a.get("type") != "submit":
                self._form[name] = a.get("value", "on" if a.get("type") == "checkbox" else "")
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and ("selected" in a or self._select not in self._form):
            self._form[self._select] = a.get("value", "")
        elif tag == "textarea":
            self._area = name
            self._form[name] = ""

    def handle_data(self, data: str) -> None:
        if self._area and self._form is not None:
            self._form[self._area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._area = ""
        elif tag == "form" and self._form is not None:
            self.velden, self._form = self._form, None


@dataclass
class Browser:
    """One person with one browser. `einde` is when they give up."""

    url: str
    email: str
    wachtwoord: str
    einde: float
    opnieuw: int = 0
    _opener: urllib.request.OpenerDirector = field(init=False)

    def __post_init__(self) -> None:
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def get(self, path: str) -> Pagina:
        return self._until_answered(path, None)

    def send(self, page: Pagina, **values: str) -> Pagina:
        """Fill in the form of this page and send it where it came from."""
        return self._until_answered(page.pad, {**page.velden, **values})

    def sign_in(self) -> None:
        """Until it worked: the answer to signing in can get lost as well, and then there is nobody left to sign in."""
        while not self.get("/mijn-dag").pad.startswith("/mijn-dag"):
            page = self.get("/account/login")
            if "login" in page.velden:
                self.send(page, login=self.email, password=self.wachtwoord)
            if time.monotonic() > self.einde:
                raise Opgegeven("/account/login")
            time.sleep(WACHT)

    def _until_answered(self, path: str, data: dict[str, str] | None) -> Pagina:
        """Once more, and again, until somebody is there who answers. The same request every time."""
        while True:
            try:
                page = self._ask(path, data)
            except HOPELOOS:
                page = None
            if page is not None and page.status < 500:
                return page
            self.opnieuw += 1
            if time.monotonic() > self.einde:
                raise Opgegeven(path)
            time.sleep(WACHT)

    def _ask(self, path: str, data: dict[str, str] | None) -> Pagina:
        body = urllib.parse.urlencode(data).encode() if data is not None else None
        address = f"{self.url}{path}"
        request = urllib.request.Request(address, body, {"Referer": address})  # noqa: S310  (our own)
        try:
            with self._opener.open(request, timeout=15) as response:
                status, url, text = response.status, response.url, response.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                status, url, text = error.code, error.url or path, error.read().decode(errors="replace")
        parser = _Formulier()
        parser.feed(text)
        return Pagina(status, url, text, parser.velden)
