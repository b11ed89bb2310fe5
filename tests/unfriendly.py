"""A host on this machine that misbehaves as public hosts do; the path says how."""

import gzip
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

PAGE = b"<!DOCTYPE html><html><body>Sorry, an error occurred.</body></html>"


@dataclass
class Host:
    """What the host was asked, and the file it should serve."""

    url: str
    content: bytes
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def times(self, path: str) -> int:
        return sum(each == path for each, _ in self.asked)


class Handler(BaseHTTPRequestHandler):
    host: Host
    stop: threading.Event

    def log_message(self, *_: Any) -> None:
        """Keep quiet."""

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        self.host.asked.append((path, dict(self.headers)))
        getattr(self, f"serve_{path.strip('/').replace('-', '_')}")()

    def send(self, status: int, content: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        if "Content_Length" not in headers:
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def serve_good(self) -> None:
        self.send(
            200, self.host.content, ETag='"one"', Last_Modified="Thu, 03 Sep 2026 20:30:00 GMT"
        )

    def serve_tagged(self) -> None:
        if self.headers.get("If-None-Match") == '"one"':
            self.send(304)
        else:
            self.serve_good()

    def serve_silent(self) -> None:
        self.stop.wait(5)

    def serve_elsewhere(self) -> None:
        self.send(302, Location="http://localhost:9/good")

    def serve_moved(self) -> None:
        self.send(301, Location="/good")

    def serve_circle(self) -> None:
        self.send(302, Location="/circle")

    def serve_nowhere(self) -> None:
        self.send(302, Location="http://[bad/")

    def serve_busy_once(self) -> None:
        if self.host.times("/busy-once") == 1:
            self.send(429, Retry_After="7")
        else:
            self.serve_good()

    def serve_busy_until(self) -> None:
        if self.host.times("/busy-until") == 1:
            self.send(503, Retry_After="Fri, 04 Sep 2026 12:00:11 GMT")
        else:
            self.serve_good()

    def serve_busy_long(self) -> None:
        self.send(429, Retry_After="86400")

    def serve_broken(self) -> None:
        self.send(500, b"oops")

    def serve_gone(self) -> None:
        self.send(404, b"nothing")

    def serve_packed(self) -> None:
        self.send(200, gzip.compress(self.host.content), Content_Encoding="gzip")

    def serve_packed_short(self) -> None:
        self.send(200, gzip.compress(self.host.content)[:-12], Content_Encoding="gzip")

    def serve_packed_wrong(self) -> None:
        self.send(200, self.host.content, Content_Encoding="gzip")

    def serve_packed_huge(self) -> None:
        self.send(200, gzip.compress(b"0" * 2_000_000), Content_Encoding="gzip")

    def serve_brotli(self) -> None:
        self.send(200, self.host.content, Content_Encoding="br")

    def serve_page(self) -> None:
        self.send(200, PAGE, Content_Type="text/csv")

    def serve_nothing(self) -> None:
        self.send(200)

    def serve_short(self) -> None:
        self.send(200, self.host.content[:-40], Content_Length=str(len(self.host.content)))

    def serve_cut(self) -> None:
        self.send(200, self.host.content[:-3])

    def serve_huge(self) -> None:
        self.send(200, b"1" * 2_000_000)

    def serve_mark(self) -> None:
        self.send(200, b"\xef\xbb\xbf" + self.host.content)

    def serve_utf16(self) -> None:
        self.send(200, self.host.content.decode().encode("utf-16"))

    def serve_header(self) -> None:
        self.send(200, self.host.content.replace(b"observation_date", b"date"))

    def serve_other(self) -> None:
        self.send(200, self.host.content.replace(b"WMTSECL1", b"WMTSECL"))

    def serve_thousandfold(self) -> None:
        lines = self.host.content.decode().splitlines()
        rows = [
            f"{day},{float(value) * 1000:.0f}" for day, value in (x.split(",") for x in lines[1:])
        ]
        self.send(200, "\n".join((lines[0], *rows, "")).encode())

    def serve_stopped(self) -> None:
        rows = self.host.content.splitlines(keepends=True)
        self.send(200, b"".join(rows[:-3]))

    def serve_words(self) -> None:
        self.send(200, self.host.content.replace(b"2601241", b"about 2601241"))


@contextmanager
def unfriendly(content: bytes) -> Iterator[Host]:
    """Run the host for a while; it should serve these bytes."""
    stop = threading.Event()
    host = Host("", content)
    handler = type("Handler", (Handler,), {"host": host, "stop": stop})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    host.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield host
    finally:
        stop.set()
        server.shutdown()
        server.server_close()
        thread.join()
