"""Tiny pictures for the report on files, made with Pillow.

    python3 -m pip install Pillow
    python3 conformance/vectors/generators/images.py

Writes into conformance/vectors/files. Other versions of Pillow may write other bytes; format, width
and height, which the names tell, stay the same.
"""

from pathlib import Path

from PIL import Image

FOLDER = Path(__file__).resolve().parent.parent / "files"


def picture(width, height):
    """A slope from black to white."""
    image = Image.new("L", (width, height))
    image.putdata([255 * x // width for _ in range(height) for x in range(width)])
    return image


FOLDER.mkdir(exist_ok=True)
picture(24, 16).save(FOLDER / "image_24x16_baseline.jpg", quality=89, comment=b"baseline")
picture(7, 300).save(FOLDER / "image_7x300_progressive.jpg", quality=10, progressive=True)
picture(2, 3).save(FOLDER / "image_2x3.png")
