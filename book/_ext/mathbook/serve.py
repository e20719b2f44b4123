"""Serve the built site on this machine, for this machine alone."""

import functools
import http.server
import os
import sys
from typing import ClassVar

PORTS = range(8000, 8020)


class Server(http.server.ThreadingHTTPServer):
    """A server that refuses a port which is in use, on every system."""

    allow_reuse_address = os.name != "nt"
    daemon_threads = True


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serve files without a line per request, and scripts as scripts on every system."""

    extensions_map: ClassVar = {
        **http.server.SimpleHTTPRequestHandler.extensions_map,
        ".js": "text/javascript",
    }

    def log_message(self, *_):
        """Stay silent."""


def listen(folder, ports=PORTS):
    """Return a server of a folder on the first of the ports that is free."""
    handler = functools.partial(Quiet, directory=str(folder))
    for port in ports:
        try:
            return Server(("127.0.0.1", port), handler)
        except OSError:
            continue
    sys.exit(f"no port from {ports[0]} to {ports[-1]} is free: stop another server and try again")


def main(folder):
    """Serve until interrupted."""
    with listen(folder) as server:
        print(
            f"read the book at http://127.0.0.1:{server.server_port}/   (Ctrl-C stops)", flush=True
        )
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print("\nstopped")


if __name__ == "__main__":
    main(sys.argv[1])
