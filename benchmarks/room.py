"""How fast the what-if room answers one hand, and how it bears many.

python benchmarks/room.py [--pages 20] [--seconds 60] [--every 0.25] [--moves 30] [--releases 3]
    [--plotly FILE]

It starts a server of its own and waits until the engine is warm. A hand in a browser moves the
slider and waits until the charts of that amount are painted; the same charts are drawn by plotly
where FILE is plotly-basic.min.js of https://github.com/plotly/plotly.js. Then pages without a
browser ask for draft after draft, each with another amount, and now and then for the full answer,
while memory is read each second. Nothing is asserted: speed depends on the machine and on what
else it does. `--moves 0` leaves the browser out.
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
from hand import at_the_slider, say
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
    megabytes: list[float] = field(default_factory=list)
    seconds: dict[str, list[float]] = field(default_factory=lambda: {"draft": [], "full": []})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=20)
    parser.add_argument("--moves", type=int, default=30)
    parser.add_argument("--releases", type=int, default=3)
    parser.add_argument("--plotly", type=Path)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--every", type=float, default=0.25, help="seconds between questions")
    asked = parser.parse_args()
    command = [sys.executable, "-c", START, "serve", "--public", "--no-browser", "--port", "0"]
    environment = os.environ | {"PYTHONPATH": str(HERE / "src")}
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as server:
        try:
            asyncio.run(watch(server, asked))
        finally:
            server.terminate()


async def watch(server: subprocess.Popen[str], asked: argparse.Namespace) -> None:
    pages, length, every = asked.pages, asked.seconds, asked.every
    assert server.stderr is not None
    found = re.search(r"http://\S+", server.stderr.readline())
    assert found is not None, "the server said nothing"
    threading.Thread(target=server.stderr.read, daemon=True).start()
    origin = found[0].rstrip("/")
    async with httpx.AsyncClient(base_url=origin) as client:
        while not await is_ready(client):
            await asyncio.sleep(0.2)
        print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
        if asked.moves:
            how = {"moves": asked.moves, "releases": asked.releases, "plotly": asked.plotly}
            say(await at_the_slider(origin, **how))
        seen, until = Seen(), time.monotonic() + length
        reading = asyncio.create_task(read_memory(server.pid, seen))
        await asyncio.gather(*(page(origin, seen, until, every) for _ in range(pages)))
        await asyncio.sleep(1.0)
        reading.cancel()
        counted = (await client.get("/metrics")).text
    print(f"{pages} pages, {length:g} s, a question each {every:g} s")
    print(", ".join(f"{kind} {n}" for kind, n in sorted(seen.kinds.items())))
    for stage, each in seen.seconds.items():
        if len(each) > 1:
            cuts = statistics.quantiles(each, n=20)
            print(f"{stage}: {len(each)} answers, median {statistics.median(each):.2f} s, ", end="")
            print(f"95% within {cuts[-1]:.2f} s")
    held = seen.megabytes
    parts = [held[at * (len(held) - 1) // 8] for at in range(9)]
    print(f"memory over time, MB: {' '.join(f'{one:.0f}' for one in parts)}")
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


async def read_memory(process: int, seen: Seen) -> None:
    while True:
        seen.megabytes.append(memory(process))
        await asyncio.sleep(1.0)


def memory(process: int) -> float:
    """What a process holds now, in MB."""
    status = Path(f"/proc/{process}/status").read_text("utf-8")
    found = re.search(r"VmRSS:\s+(\d+)", status)
    return int(found[1]) / 1024 if found else float("nan")


if __name__ == "__main__":
    main()
