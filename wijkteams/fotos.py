"""Photos of professionals: made anew from their pixels, so that nothing a camera or a phone wrote along stays in the file."""

import warnings
from io import BytesIO
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from PIL import Image, ImageOps, UnidentifiedImageError

BYTES_MAX = 5 * 1024 * 1024
PIXELS_MAX = 40_000_000
ZIJDE_MAX = 512
SOORTEN = ("JPEG", "PNG", "WEBP")


def clean_photo(upload: "File[bytes]") -> "ContentFile[bytes]":
    """A JPEG of at most 512 pixels, upright and without metadata, under a name that says nothing. ValidationError in Dutch."""
    if upload.size > BYTES_MAX:
        raise ValidationError("Deze foto is groter dan 5 MB. Kies een kleinere.")
    upload.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # our own limit is lower, and refuses
            picture = Image.open(upload, formats=SOORTEN)
            if picture.width * picture.height > PIXELS_MAX:
                raise ValidationError("Deze foto heeft te veel beeldpunten. Kies een kleinere.")
            picture.load()
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError) as problem:
        raise ValidationError("Dit is geen foto die we kunnen lezen. Kies een JPEG, PNG of WebP.") from problem
    upright = ImageOps.exif_transpose(picture)
    upright.thumbnail((ZIJDE_MAX, ZIJDE_MAX))
    flat = Image.new("RGB", upright.size, "white")
    rgba = upright.convert("RGBA")
    flat.paste(rgba, mask=rgba.getchannel("A"))
    result = BytesIO()
    flat.save(result, "JPEG", quality=85)
    return ContentFile(result.getvalue(), name=f"{uuid4().hex}.jpg")
