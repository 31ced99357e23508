"""Photos: made anew from their pixels, or refused with a reason."""

from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from wijkteams import fotos
from wijkteams.fotos import clean_photo


def upload(picture: Image.Image, kind: str = "JPEG", **options) -> SimpleUploadedFile:
    buffer = BytesIO()
    picture.save(buffer, kind, **options)
    return SimpleUploadedFile("zoe-jansen.jpg", buffer.getvalue())


def exif() -> Image.Exif:
    data = Image.Exif()
    data[0x0112] = 6  # turned a quarter
    data[0x010F] = "Camera van Zoe"
    data[0x9286] = "thuis genomen"
    return data


def test_metadata_is_gone_and_the_picture_stands_upright():
    picture = Image.new("RGB", (1200, 600), "navy")
    result = clean_photo(upload(picture, exif=exif()))
    made = Image.open(result)
    assert (made.format, made.size) == ("JPEG", (256, 512))
    assert not made.getexif()
    assert set(made.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    result.seek(0)
    assert b"Zoe" not in result.read()


def test_the_name_says_nothing():
    name = clean_photo(upload(Image.new("RGB", (10, 10)))).name
    assert name is not None
    assert len(name) == len("0" * 32 + ".jpg")
    assert "zoe" not in name


@pytest.mark.parametrize("mode", ["RGBA", "P", "L", "LA"])
def test_other_colours_become_a_plain_picture_on_white(mode):
    made = Image.open(clean_photo(upload(Image.new(mode, (20, 20)), "PNG")))
    assert (made.mode, made.size) == ("RGB", (20, 20))


def test_what_is_see_through_becomes_white():
    made = Image.open(clean_photo(upload(Image.new("RGBA", (20, 20), (255, 0, 0, 0)), "PNG")))
    assert made.getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"geen foto",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        upload(Image.new("RGB", (10, 10)), "GIF").read(),
        upload(Image.new("RGB", (100, 100))).read()[:300],
    ],
    ids=["empty", "text", "svg", "gif", "cut off"],
)
def test_what_is_no_photo_is_refused(content):
    with pytest.raises(ValidationError, match="geen foto die we kunnen lezen"):
        clean_photo(SimpleUploadedFile("x.jpg", content))


def test_a_bomb_is_refused_before_it_opens(monkeypatch):
    monkeypatch.setattr(fotos, "PIXELS_MAX", 99)
    with pytest.raises(ValidationError, match="te veel beeldpunten"):
        clean_photo(upload(Image.new("RGB", (10, 10))))
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 10)
    with pytest.raises(ValidationError, match="geen foto"):
        clean_photo(upload(Image.new("RGB", (10, 10))))


def test_a_large_file_is_refused(monkeypatch):
    monkeypatch.setattr(fotos, "BYTES_MAX", 100)
    with pytest.raises(ValidationError, match="groter dan 5 MB"):
        clean_photo(upload(Image.new("RGB", (100, 100))))
