"""Pack the built site into one file that is the same wherever it is made."""

import sys
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

NAME = "multivariate-calculus-for-machine-learning"
MOMENT = (2026, 1, 1, 0, 0, 0)  # of every file


def pack(site, out):
    """Write all files of a folder into a zip, under one folder."""
    with ZipFile(out, "w") as archive:
        for path in sorted(p for p in site.rglob("*") if p.is_file()):
            entry = ZipInfo(f"{NAME}/{path.relative_to(site).as_posix()}", MOMENT)
            archive.writestr(entry, path.read_bytes(), ZIP_DEFLATED, 9)


if __name__ == "__main__":
    site = Path(sys.argv[1]).resolve()
    out = site.with_name(f"{NAME}.zip")
    pack(site, out)
    print(f"{out.stat().st_size / 1e6:.1f} MB in {out}: unpack it and open index.html")
