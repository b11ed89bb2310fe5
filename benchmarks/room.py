"""How the what-if room bears many hands: pages that move a slider all at once.

python benchmarks/room.py [--pages 20] [--seconds 60] [--every 0.25]

It starts a server of its own, waits until the engine is warm, and then lets every page ask for a
draft again and again with another amount, and now and then for the full answer. Nothing is
asserted: speed depends on the machine and on what else it does.
"""

import argparse
import asyncio
import json
import os
import random
import re
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin

HERE = Path(__file__).parents[1]
START = "from selloff.apps.cli import main; main()"
FULL_EVERY = 20
"""One question in so many is asked in full."""


@dataclass
class Seen:
    """What all pages saw."""

    kinds: Counter[str] = field(default_factory=Counter)
    seconds: dict[str, list[float]] = field(default_factory=lambda: {"draft": [], "full": []})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--every", type=float, default=0.25, help="seconds between questions")
    asked = parser.parse_args()
    command = [sys.executable, "-c", START, "serve", "--public", "--no-browser", "--port", "0"]
    environment = os.environ | {"PYTHONPATH": str(HERE / "src")}
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as server:
        try:
            asyncio.run(watch(server, asked.pages, asked.seconds, asked.every))
        finally:
            server.terminate()


async def watch(server: subprocess.Popen[str], pages: int, length: float, every: float) -> None:
    assert server.stderr is not None
    found = re.search(r"http://\S+", server.stderr.readline())
    assert found is not None, "the server said nothing"
    threading.Thread(target=server.stderr.read, daemon=True).start()
    origin = found[0].rstrip("/")
    async with httpx.AsyncClient(base_url=origin) as client:
        while not await is_ready(client):
            await asyncio.sleep(0.2)
        seen, before = Seen(), memory(server.pid)
        until = time.monotonic() + length
        await asyncio.gather(*(page(origin, seen, until, every) for _ in range(pages)))
        await asyncio.sleep(1.0)
        after, counted = memory(server.pid), (await client.get("/metrics")).text
    print(f"{pages} pages, {length:g} s, a question each {every:g} s; {os.cpu_count()} cores")
    print(", ".join(f"{kind} {n}" for kind, n in sorted(seen.kinds.items())))
    for stage, each in seen.seconds.items():
        if len(each) > 1:
            cuts = statistics.quantiles(each, n=20)
            print(f"{stage}: {len(each)} answers, median {statistics.median(each):.2f} s, ", end="")
            print(f"95% within {cuts[-1]:.2f} s")
    print(f"memory {before:.0f} MB before, {after:.0f} MB after")
    print("\n".join(re.findall(r"^selloff_room_(?:answers|engine|refused).*", counted, re.M)))


async def is_ready(client: httpx.AsyncClient) -> bool:
    try:
        return bool((await client.get("/healthz")).json()["state"] == "ready")
    except httpx.TransportError:
        return False


async def page(origin: str, seen: Seen, until: float, every: float) -> None:
    async with httpx.AsyncClient(base_url=origin) as client:
        await client.get("/")
        cookie = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
    address = f"{origin.replace('http', 'ws', 1)}/ws"
    headers, own = {"Cookie": cookie}, Origin(origin)
    async with connect(address, origin=own, additional_headers=headers, max_size=None) as socket:
        asked: dict[int, float] = {}
        hearing = asyncio.create_task(hear(socket, seen, asked))
        number = 0
        while time.monotonic() < until:
            number += 1
            asked[number] = time.monotonic()
            question = {"usd": round(random.uniform(10.0, 1000.0), 1)}
            said = {"type": "ask", "id": number, "question": question}
            await socket.send(json.dumps(said | {"full": number % FULL_EVERY == 0}))
            seen.kinds["asked"] += 1
            await asyncio.sleep(every * random.uniform(0.5, 1.5))
        hearing.cancel()


async def hear(socket: ClientConnection, seen: Seen, asked: dict[int, float]) -> None:
    async for text in socket:
        said = json.loads(text)
        seen.kinds[said["type"]] += 1
        if said["type"] == "answer":
            seen.seconds[said["stage"]].append(time.monotonic() - asked[said["id"]])


def memory(process: int) -> float:
    """What a process holds now, in MB."""
    status = Path(f"/proc/{process}/status").read_text("utf-8")
    found = re.search(r"VmRSS:\s+(\d+)", status)
    return int(found[1]) / 1024 if found else float("nan")


if __name__ == "__main__":
    main()
