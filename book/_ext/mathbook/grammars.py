"""Spare jsonschema a second: it would compile 38 grammars of internet addresses for nothing.

No setting of this book and no notebook has an address to be judged. To be imported first.
"""

import sys

sys.modules.setdefault("rfc3987_syntax", None)  # to jsonschema, it is not installed
