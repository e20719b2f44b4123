"""Jupyter Book's own command, without two things that make it slow.

jsonschema would compile 38 grammars of internet addresses, which no setting of this book needs;
and Python would search the growing documents again and again for garbage that they do not hold.
"""

import gc
import sys

sys.modules["rfc3987_syntax"] = None  # to jsonschema, it is not installed
gc.set_threshold(200_000, 20, 20)

if __name__ == "__main__":
    from jupyter_book.cli.main import main

    main()
