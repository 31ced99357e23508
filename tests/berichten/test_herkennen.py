"""What a file really is: good ones of every kind, and everything that is not what it says, or that is more than it seems."""

import io
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from casussen.documenten.fouten import Geweigerd
from casussen.documenten.herkennen import GROOTSTE, recognise
from casussen.documenten.namen import LANGSTE, clean_name
from tests.berichten import bestanden as b

JS = b"<< /S /JavaScript /JS (app.alert(1)) >>"
GOED = {
    "verslag.pdf": (b.pdf(), "application/pdf"),
    "met inhoud.pdf": (b.pdf(streams=b.pdf_stream(b"BT (Verslag) Tj ET")), "application/pdf"),
    "gepakt.pdf": (b.pdf(streams=b.pdf_stream(b"4 0 << /Type /Page >>", b"/Type /ObjStm")), "application/pdf"),
    "met witregels.pdf": (b.pdf() + b"\r\n\0\0 \n", "application/pdf"),
    "aangevuld.pdf": (b.pdf() + b"4 0 obj\n<< >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF", "application/pdf"),
    "brief.docx": (b.docx(), b.DOCX_TYPE),
    "met tabel.docx": (b.docx({"word/embeddings/blad.xlsx": b.xlsx()}), b.DOCX_TYPE),
    "lijst.xlsx": (b.xlsx(), b.XLSX_TYPE),
    "brief.odt": (b.odt(), "application/vnd.oasis.opendocument.text"),
    "foto.jpg": (b.image("JPEG"), "image/jpeg"),
    "kopie.jpg": (b.image("JPEG", mode="CMYK"), "image/jpeg"),
    "schets.png": (b.image("PNG", mode="RGBA"), "image/png"),
    "zwart-wit.png": (b.image("PNG", mode="P"), "image/png"),
    "notitie.txt": ("Afspraak: één keer per week.\r\n".encode(), "text/plain"),
}
SLECHT = {
    "leeg": ("leeg.pdf", b"", "leeg"),
    "11 MB": ("groot.pdf", b.pdf() + b" " * (11_000_000), "groter dan 10 MB"),
    "a program that is called a pdf": ("verslag.pdf", b"MZ\x90\0" + b"\0" * 64, "een programma"),
    "a program for linux": ("verslag.docx", b"\x7fELF" + b"\0" * 64, "een programma"),
    "a script": ("lijst.txt", b"#!/bin/sh\nrm -rf /", "een programma"),
    "svg": ("plaatje.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "kan niet"),
    "svg that is called text": ("plaatje.txt", b"<svg onload=alert(1)>", "webpagina"),
    "html that is called a photo": ("foto.jpg", b"<!doctype html><script>alert(1)</script>", "kan niet"),
    "html that is called text": ("brief.txt", b"Hallo <script>alert(1)</script>", "webpagina"),
    "text with a nul": ("brief.txt", b"Hallo\0daar", "geen leesbare tekst"),
    "gif and script in one": ("foto.jpg", b.gif_that_is_also_script(), "een gif"),
    "heic": ("IMG_1.HEIC", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "HEIC"),
    "a broken photo": ("foto.jpg", b.image("JPEG")[:300], "beschadigd"),
    "a photo that is a bomb": ("foto.png", b.huge_png(), "beeldpunten"),
    "a tiff that is called jpg": ("foto.jpg", b.image("TIFF"), "kan niet"),
    "docx with a macro": ("brief.docx", b.docx({"word/vbaProject.bin": b"\0"}), "macro"),
    "docm that is called docx": (
        "brief.docx",
        b.make_zip(b.ooxml("application/vnd.ms-word.document.macroEnabled")),
        "macro",
    ),
    "odt with a macro": ("brief.odt", b.odt({"Basic/Standard/Module1.xml": "<x/>"}), "macro"),
    "docx with a file inside": ("brief.docx", b.docx({"word/embeddings/oleObject1.bin": b"\0"}), "ander bestand"),
    "docx that fetches its template": (
        "brief.docx",
        b.docx({"word/_rels/settings.xml.rels": '<Relationship Type="x/attachedTemplate" Target="x" TargetMode="External"/>'}),
        "van buiten",
    ),
    "docx with a password": ("brief.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 64, "wachtwoord"),
    "encrypted zip": ("brief.docx", b.encrypted_zip(), "wachtwoord"),
    "encrypted odt": ("brief.odt", b.odt({"META-INF/manifest.xml": "<manifest:encryption-data/>"}), "wachtwoord"),
    "a zip bomb": ("brief.docx", b.docx({"word/media/nul.bin": b"\0" * 40_000_000}), "veel te groot"),
    "a zip that leaves its folder": ("brief.docx", b.docx({"../../etc/passwd": "x"}), "beschadigd"),
    "an entity bomb": ("brief.docx", b.docx({"word/x.xml": '<!DOCTYPE a [<!ENTITY a "aaaa">]>'}), "beschadigd"),
    "a zip with something before it": ("brief.docx", b"PK\x03\x04" + b.make_zip(b.ooxml(), begin=b"PK\x03\x04xx"), "beschadigd"),
    "a zip with something after it": ("brief.docx", b.docx() + b"<script>", "beschadigd"),
    "a zip with a comment": ("brief.docx", b.make_zip(b.ooxml(), comment=b"<script>"), "beschadigd"),
    "just a zip": ("brief.docx", b.make_zip({"a.txt": "a"}), "ingepakt bestand"),
    "half a zip": ("brief.docx", b.docx()[:80], "beschadigd"),
    "half a pdf": ("verslag.pdf", b"%PDF-1.7\n", "niet compleet"),
    "pdf with a script": ("verslag.pdf", b.pdf(b"/OpenAction " + JS), "een programma"),
    "pdf with a script in disguise": ("verslag.pdf", b.pdf(b"/OpenAction << /S /J#61v#61Script >>"), "een programma"),
    "pdf with only /JS": ("verslag.pdf", b.pdf(b"/AA << /S /Rendition /JS (x) >>"), "een programma"),
    "pdf with a packed script": ("verslag.pdf", b.pdf(streams=b.pdf_stream(JS, b"/Type /ObjStm")), "een programma"),
    "pdf with a packed script after a comment": (
        "verslag.pdf",
        b.pdf(streams=b"% stream\n" + b.pdf_stream(b"<< /JS (x) >>", b"/Type /ObjStm")),
        "een programma",
    ),
    "pdf packed in a way nobody can see": (
        "verslag.pdf",
        b.pdf(streams=b"3 0 obj << /Type /ObjStm /Filter /LZWDecode >>\nstream\nabcdef\nendstream\n"),
        "niet na te kijken",
    ),
    "pdf with a file inside": ("verslag.pdf", b.pdf(b"/Names << /EmbeddedFiles 5 0 R >>"), "ander bestand"),
    "pdf that starts something": ("verslag.pdf", b.pdf(b"/OpenAction << /S /Launch /F (cmd.exe) >>"), "start iets"),
    "pdf with a zip after it": ("verslag.pdf", b.pdf() + b.docx(), "achter deze pdf"),
    "pdf with a zip after it that ends as a pdf": (
        "verslag.pdf",
        b.pdf() + b.make_zip({"a": "a"}, comment=b"%%EOF"),
        "achter deze pdf",
    ),
    "pdf with a large zip after it": (
        "verslag.pdf",
        b.pdf() + b.make_zip({"a.jpg": b.image(size=(900, 900))}),
        "achter deze pdf",
    ),
    "pdf with a script after it": ("verslag.pdf", b.pdf() + b"<script>", "achter deze pdf"),
    "pdf with a password": ("verslag.pdf", b.pdf(b"/Encrypt 9 0 R"), "wachtwoord"),
    "pdf that is a bomb": ("verslag.pdf", b.pdf(streams=b.pdf_stream(b"\0" * 130_000_000)), "veel te groot"),
    "a film": ("film.mp4", b"\0\0\0\x18ftypmp42\0\0\0\0", "kan niet"),
    "nothing known": ("iets", bytes(range(256)), "kan niet"),
}


@pytest.mark.parametrize("naam", GOED)
def test_it_takes_what_schools_and_teams_send(naam):
    inhoud, mime = GOED[naam]
    found = recognise(naam, inhoud)
    assert (found.naam, found.mime) == (naam, mime)
    assert found.inhoud


@pytest.mark.parametrize("wat", SLECHT)
def test_it_refuses_what_is_not_what_it_says(wat):
    naam, inhoud, melding = SLECHT[wat]
    with pytest.raises(Geweigerd, match=melding):
        recognise(naam, inhoud)


def test_a_bomb_that_breaks_off_at_its_last_byte_weighs_as_much():
    whole = b.pdf_stream(b"\0" * 20_000_000)
    packed = whole[: whole.rindex(b"\nendstream")]
    broken = packed[:-1] + bytes([packed[-1] ^ 1]) + whole[len(packed) :]
    with pytest.raises(Geweigerd, match="veel te groot"):
        recognise("verslag.pdf", b.pdf(streams=broken * 7))


def test_a_file_full_of_beginnings_takes_no_more_memory_than_a_few_times_itself():
    inhoud = b.pdf(streams=(b"stream\n" + b"x" * 1_000) * 400)
    tracemalloc.start()
    assert recognise("verslag.pdf", inhoud).inhoud == inhoud
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 20 * len(inhoud)


def test_the_limit_itself_is_allowed():
    inhoud = b"a" * GROOTSTE
    assert recognise("vol.txt", inhoud).inhoud == inhoud


def test_nothing_of_a_photo_is_left_but_what_one_sees():
    original = b.photo_with_gps()
    before = Image.open(io.BytesIO(original))
    assert before.getexif().get_ifd(b.GPS)
    assert before.info["icc_profile"]
    found = recognise("foto.jpg", original)
    after = Image.open(io.BytesIO(found.inhoud))
    assert not after.getexif()
    assert not {"exif", "icc_profile", "comment", "xmp"} & after.info.keys()
    for secret in (b"Anna", b"Cameramerk", b"Exif", b"profiel"):
        assert secret in original
        assert secret not in found.inhoud
    assert after.size == (48, 64)  # stood upright before its orientation was thrown away


def test_what_hides_behind_a_photo_stays_behind():
    original = b.jpeg_with_a_zip_behind()
    assert b"PK\x03\x04" in original
    assert b"PK\x03\x04" not in recognise("foto.jpg", original).inhoud


def test_only_the_first_image_of_a_moving_png_is_kept():
    out = io.BytesIO()
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    frames[0].save(out, "PNG", save_all=True, append_images=frames[1:])
    assert b"acTL" in out.getvalue()
    assert b"acTL" not in recognise("plaatje.png", out.getvalue()).inhoud


def test_text_of_windows_becomes_utf8():
    assert recognise("brief.txt", "café".encode("cp1252")).inhoud == "café".encode()


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\zoe\\verslag.pdf", "verslag.pdf"),
        ("verslag\u202efdp.exe", "verslagfdp.exe.pdf"),
        ("a\r\nContent-Type: text/html.pdf", "html.pdf"),
        ("a\r\nb; filename=x.exe.pdf", "a b; filename=x.exe.pdf"),
        ("verslag.PDF", "verslag.pdf"),
        ("foto.jpg", "foto.jpg.pdf"),
        (".pdf", "pdf.pdf"),
        ("..", "document.pdf"),
        ("", "document.pdf"),
        ("con.pdf", "document con.pdf"),
        ("é" * 300 + ".pdf", "é" * LANGSTE + ".pdf"),
        ("verslag\u200b.pdf", "verslag.pdf"),
    ],
)
def test_a_name_can_be_shown(sent, shown):
    assert recognise(sent, b.pdf()).naam == shown


@given(st.text(max_size=300))
def test_a_name_never_leads_anywhere(sent):
    name = clean_name(sent, "pdf")
    assert name.endswith(".pdf")
    assert not set(name) & set('/\\<>:"|?*\0\n\r\u202e')
    assert not name.startswith(".")
    assert 4 < len(name) <= LANGSTE + 20


@given(st.binary(max_size=400), st.sampled_from([b"", b"%PDF-1.7\n", b"PK\x03\x04", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"]))
def test_whatever_comes_in_it_is_taken_or_refused(rest, begin):
    try:
        found = recognise("x.txt", begin + rest)
    except Geweigerd:
        return
    assert found.inhoud
