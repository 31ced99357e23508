"""What holds for every template and for what is built from front/, found by reading the files."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
TEMPLATES = sorted(path for path in (ROOT / "templates").rglob("*.html"))
#: Mail programs know no stylesheets; everything else comes under the policy of the portal.
PAGES = [path for path in TEMPLATES if not {"email", "meldingen"} & set(path.parent.parts)]
INLINE = re.compile(r"""<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*["']|javascript:|<script(?![^>]*\ssrc=)""", re.IGNORECASE)


def names(paths: list[Path]) -> list[str]:
    return [str(path.relative_to(ROOT / "templates")) for path in paths]


@pytest.mark.parametrize("path", PAGES, ids=names(PAGES))
def test_a_page_has_no_inline_style_or_script(path: Path) -> None:
    html = re.sub(r"\{%.*?%\}|\{#.*?#\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert INLINE.findall(html) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=names(TEMPLATES))
def test_a_template_is_one_thing(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 150


def test_every_icon_that_is_named_exists() -> None:
    exists = {path.stem for path in (ROOT / "front" / "icons").glob("*.svg")}
    named = {
        name
        for path in TEMPLATES
        for name in re.findall(r"""(?:icoon|icoon_naam=)\s*"([a-z-]+)\"""", path.read_text(encoding="utf-8"))
    }
    assert named
    assert named - exists == set()


def test_every_class_of_ours_that_a_template_names_has_a_rule() -> None:
    """A mistyped class shows nothing and fails nowhere; here it does."""
    css = " ".join(path.read_text(encoding="utf-8") for path in (ROOT / "front" / "css").glob("*.css"))
    defined = set(re.findall(r"\.(ap-[a-z0-9_-]+)", css))
    unused_ok = re.compile(r"__lijst$")  # lists that only need to lose their bullets: any class does that
    named: set[str] = set()
    for path in PAGES:
        for value in re.findall(r'class="([^"]*)"', path.read_text(encoding="utf-8")):
            words = re.sub(r"\{\{.*?\}\}", "*", re.sub(r"\{%.*?%\}", " ", value)).split()
            named |= {word for word in words if word.startswith("ap-") and "*" not in word}
    assert {name for name in named - defined if not unused_ok.search(name)} == set()


def test_the_lock_names_no_host() -> None:
    lock = (ROOT / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in lock
    packages = {name: info for name, info in json.loads(lock)["packages"].items() if name}
    assert packages
    assert all(info.get("integrity") for info in packages.values())


def test_the_browser_asks_nothing_of_another_site() -> None:
    """Fonts, icons and scripts come from the portal itself; what is built names no other host to load from."""
    css = (ROOT / "static" / "build" / "portal.css").read_text(encoding="utf-8")
    urls = re.findall(r"""url\(["']?([^"')]*)""", css)
    assert urls
    assert [url for url in urls if not url.startswith("./assets/")] == []
    assert "@import" not in css
