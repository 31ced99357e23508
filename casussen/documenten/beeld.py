"""Images are drawn anew: position, camera, colour profile, comments and whatever hides behind the image stay behind. Pure."""

import io
from collections.abc import Callable
from typing import Any

from PIL import Image, ImageOps

from casussen.documenten.fouten import Geweigerd

#: Larger than what a phone or a scanner makes; more would fill the memory.
PIXELS_MAX = 50_000_000
KWALITEIT = 88


def redraw_jpeg(inhoud: bytes) -> bytes:
    return _redraw(inhoud, "JPEG", lambda image: image if image.mode in {"RGB", "L"} else image.convert("RGB"), quality=KWALITEIT)


def redraw_png(inhoud: bytes) -> bytes:
    return _redraw(inhoud, "PNG", _plain_mode)


def _plain_mode(image: Image.Image) -> Image.Image:
    if image.mode in {"RGB", "RGBA", "L", "LA", "1"}:
        return image
    return image.convert("RGBA" if "transparency" in image.info else "RGB")


def _redraw(inhoud: bytes, formaat: str, prepare: Callable[[Image.Image], Image.Image], **options: Any) -> bytes:
    try:
        with Image.open(io.BytesIO(inhoud), formats=[formaat]) as image:
            if image.width * image.height > PIXELS_MAX:
                raise Geweigerd("deze afbeelding heeft te veel beeldpunten. Maak haar kleiner.")
            image.load()
            upright = prepare(ImageOps.exif_transpose(image))
            clean = Image.new(upright.mode, upright.size)  # without the dictionary of what came along
            clean.paste(upright)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as fout:
        raise Geweigerd("deze afbeelding heeft te veel beeldpunten. Maak haar kleiner.") from fout
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError) as fout:  # whatever a broken image makes Pillow raise
        raise Geweigerd("deze afbeelding is beschadigd of is iets anders.") from fout
    out = io.BytesIO()
    clean.save(out, formaat, **options)
    return out.getvalue()
