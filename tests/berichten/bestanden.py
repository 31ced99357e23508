"""Files made in the test: good ones of every kind, and bad ones of every kind people and programs send."""

import io
import zipfile
import zlib
from collections.abc import Mapping

from PIL import Image

DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
GPS = 0x8825


def pdf(extra: bytes = b"", streams: bytes = b"") -> bytes:
    return (
        b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R " + extra + b" >>\nendobj\n"
        b"2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\n" + streams + b"trailer\n<< /Root 1 0 R >>\n%%EOF\n"
    )


def pdf_stream(inhoud: bytes, soort: bytes = b"", filters: bytes = b"/FlateDecode") -> bytes:
    packed = zlib.compress(inhoud)
    return b"3 0 obj\n<< %b /Filter %b /Length %d >>\nstream\n%b\nendstream\nendobj\n" % (soort, filters, len(packed), packed)


def make_zip(parts: Mapping[str, bytes | str], *, begin: bytes = b"", comment: bytes = b"") -> bytes:
    out = io.BytesIO()
    out.write(begin)
    with zipfile.ZipFile(out, "a" if begin else "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
        archive.comment = comment
    return out.getvalue()


def ooxml(soort: str = DOCX_TYPE, main: str = "word/document.xml", **extra: bytes | str) -> dict[str, bytes | str]:
    types = f'<Types><Override PartName="/{main}" ContentType="{soort}.main+xml"/></Types>'
    return {"[Content_Types].xml": types, main: "<document/>", **{k.replace("__", "/"): v for k, v in extra.items()}}


def docx(parts: Mapping[str, bytes | str] | None = None) -> bytes:
    return make_zip({**ooxml(), **(parts or {})})


def xlsx() -> bytes:
    return make_zip(ooxml(XLSX_TYPE, "xl/workbook.xml"))


def odt(parts: Mapping[str, bytes | str] | None = None) -> bytes:
    return make_zip({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<office/>", **(parts or {})})


def image(formaat: str = "JPEG", size: tuple[int, int] = (64, 48), mode: str = "RGB", **options: object) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, "teal" if mode in {"RGB", "RGBA"} else 0).save(out, formaat, **options)
    return out.getvalue()


def photo_with_gps() -> bytes:
    """A photo lying on its side, with where and with what it was taken, a profile, and a comment."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turned a quarter
    exif[0x010F] = "Cameramerk"
    exif.get_ifd(GPS).update({1: "N", 2: (52.0, 22.0, 50.0), 3: "E", 4: (4.0, 38.0, 11.0)})
    return image("JPEG", (64, 48), exif=exif.tobytes(), icc_profile=b"profiel" * 20, comment=b"Anna van 3B")


def encrypted_zip() -> bytes:
    """The flag of encryption is on, in both headers of the first part."""
    data = bytearray(docx())
    data[6] |= 1
    central = data.index(b"PK\x01\x02")
    data[central + 8] |= 1
    return bytes(data)


def gif_that_is_also_script() -> bytes:
    return b"GIF89a/*" + b"\0" * 16 + b"*/=1;alert(document.cookie)//;"


def jpeg_with_a_zip_behind() -> bytes:
    return image("JPEG") + make_zip({"verborgen.txt": "verborgen"})


def huge_png() -> bytes:
    """A header that promises 60,000 by 60,000 points."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return len(content).to_bytes(4, "big") + kind + content + zlib.crc32(kind + content).to_bytes(4, "big")

    header = (60_000).to_bytes(4, "big") * 2 + bytes([8, 2, 0, 0, 0])
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
