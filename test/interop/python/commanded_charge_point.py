"""A charging station on the Python package `ocpp` that sends what it is ordered to.

usage: commanded_charge_point.py ocpp2.0.1|ocpp2.1 ws://host:port/ID
Prints {"connected": true}. Then sends what it reads from standard input, one
{"order": n, "call": action, "payload": {...}} a line, and prints {"order": n, "answer": {...}}, or
"error" in its place.
"""

import asyncio
import json
import logging
import sys
from dataclasses import asdict, fields

import websockets
from ocpp.charge_point import camel_to_snake_case, remove_nones, snake_to_camel_case
from ocpp.v201 import ChargePoint as ChargePoint201
from ocpp.v21 import ChargePoint as ChargePoint21

logging.disable(logging.CRITICAL)

STATIONS = {"ocpp2.0.1": ChargePoint201, "ocpp2.1": ChargePoint21}


def tell(**what):
    print(json.dumps(what), flush=True)


def arguments(request, payload):
    """By the names that the package gives them, which its own change of case does not always find."""
    names = {next(iter(snake_to_camel_case({f.name: 0}))): f.name for f in fields(request)}
    return {names.get(key, key): camel_to_snake_case(value) for key, value in payload.items()}


async def carry_out(station, order):
    try:
        request = getattr(station._call, order["call"])
        answer = await station.call(request(**arguments(request, order["payload"])), suppress=False)
        tell(order=order["order"], answer=snake_to_camel_case(remove_nones(asdict(answer))))
    except Exception as error:
        tell(order=order["order"], error=repr(error))


async def main(version, url):
    loop = asyncio.get_running_loop()
    async with websockets.connect(url, subprotocols=[version]) as socket:
        station = STATIONS[version](url.rsplit("/", 1)[-1], socket)
        listening = asyncio.ensure_future(station.start())
        tell(connected=True)
        while line := await loop.run_in_executor(None, sys.stdin.readline):
            await carry_out(station, json.loads(line))
        listening.cancel()


asyncio.run(main(sys.argv[1], sys.argv[2]))
