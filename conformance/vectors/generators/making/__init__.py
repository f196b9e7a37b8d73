"""What the generators of test vectors have in common.

A generator is a program of this folder that ends in `File(...).finish()`. It has no randomness but
that of `Stream`, so that it writes the same bytes each time.
"""

from .file import VECTORS, File, save
from .stream import Stream

__all__ = ["VECTORS", "File", "Stream", "save"]
