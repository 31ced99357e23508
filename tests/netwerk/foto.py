"""A small picture."""

from io import BytesIO

from PIL import Image


def een_foto() -> bytes:
    data = BytesIO()
    Image.new("RGB", (64, 64), "teal").save(data, "PNG")
    return data.getvalue()
