"""Jupyter Book's own command, without two things that make it slow.

One are grammars that nobody needs; and Python would search the growing documents again and again
for garbage that they do not hold.
"""

import gc

import grammars  # noqa: F401  (beside this script, as its folder is no package here)

gc.set_threshold(200_000, 20, 20)

if __name__ == "__main__":
    from jupyter_book.cli.main import main

    main()
