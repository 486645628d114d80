"""A charge point on the Python package `ocpp` that does what it is told and nothing else.

usage: obedient_charge_point.py ws://host:port/ID
OCPP 1.6. Boots; charges when it is told to start, at the power that its charging profiles leave;
fetches firmware and brings diagnostics over HTTP. Prints {"booted": true}, and {"fault"} where
anything goes wrong. Stays until it is killed.

Its meter makes a quarter of an hour of every sample, so that its register tells which limits held.
"""

import asyncio
import hashlib
import json
import logging
import sys
import urllib.request
from datetime import datetime, timezone

import websockets
from ocpp.routing import after, on
from ocpp.v16 import ChargePoint, call, call_result

logging.disable(logging.CRITICAL)

MOST_W = 11000


def tell(**what):
    print(json.dumps(what), flush=True)


def now():
    return datetime.now(timezone.utc).isoformat().replace("+00:00", "Z")


def fetch(location):
    with urllib.request.urlopen(location, timeout=20) as response:
        return response.read()


def bring(location, content):
    request = urllib.request.Request(location, data=content, method="PUT")
    with urllib.request.urlopen(request, timeout=20) as response:
        return response.status


class ObedientStation(ChargePoint):
    def __init__(self, identity, socket):
        super().__init__(identity, socket)
        self.profiles = {}
        self.transaction = None
        self.power = None
        self.register_wh = 1000
        self.firmware = "1.0.0"
        self.image = b""

    async def say(self, request):
        return await self.call(request, suppress=False)

    async def boot(self):
        await self.say(
            call.BootNotification(
                charge_point_model="P1", charge_point_vendor="Py", firmware_version=self.firmware
            )
        )
        await self.status("Available")

    async def status(self, status):
        await self.say(
            call.StatusNotification(connector_id=1, error_code="NoError", status=status)
        )

    # Smart charging

    def schedule(self):
        """The schedule that holds: a TxProfile goes before a TxDefaultProfile."""
        for purpose in ("TxProfile", "TxDefaultProfile"):
            for profile in self.profiles.values():
                if profile["charging_profile_purpose"] == purpose:
                    return profile["charging_schedule"]["charging_schedule_period"]
        return [{"start_period": 0, "limit": MOST_W}]

    async def meter(self):
        """A sample whenever the power is another one."""
        power = min(self.schedule()[0]["limit"], MOST_W)
        if self.transaction is None or power == self.power:
            return
        self.power = power
        self.register_wh += int(power / 4)
        sampled = [
            {"value": str(int(power)), "measurand": "Power.Active.Import", "unit": "W"},
            {
                "value": str(self.register_wh),
                "measurand": "Energy.Active.Import.Register",
                "unit": "Wh",
            },
        ]
        await self.say(
            call.MeterValues(
                connector_id=1,
                transaction_id=self.transaction,
                meter_value=[{"timestamp": now(), "sampled_value": sampled}],
            )
        )

    @on("SetChargingProfile")
    def set_charging_profile(self, connector_id, cs_charging_profiles):
        profile = cs_charging_profiles
        is_of_transaction = profile["charging_profile_purpose"] == "TxProfile"
        if is_of_transaction and profile.get("transaction_id") != self.transaction:
            return call_result.SetChargingProfile(status="Rejected")
        if is_of_transaction and self.transaction is None:
            return call_result.SetChargingProfile(status="Rejected")
        self.profiles[profile["charging_profile_id"]] = profile
        return call_result.SetChargingProfile(status="Accepted")

    @after("SetChargingProfile")
    async def limited(self, **_):
        await self.meter()

    @on("ClearChargingProfile")
    def clear_charging_profile(self, id=None, **_):
        cleared = [known for known in self.profiles if id in (None, known)]
        for known in cleared:
            del self.profiles[known]
        return call_result.ClearChargingProfile(status="Accepted" if cleared else "Unknown")

    @after("ClearChargingProfile")
    async def unlimited(self, **_):
        await self.meter()

    @on("GetCompositeSchedule")
    def get_composite_schedule(self, connector_id, duration, charging_rate_unit="W"):
        periods = [period for period in self.schedule() if period["start_period"] < duration]
        return call_result.GetCompositeSchedule(
            status="Accepted",
            connector_id=connector_id,
            schedule_start=now(),
            charging_schedule={
                "duration": duration,
                "charging_rate_unit": charging_rate_unit,
                "charging_schedule_period": periods,
            },
        )

    @on("RemoteStartTransaction")
    def remote_start(self, id_tag, **_):
        self.id_tag = id_tag
        return call_result.RemoteStartTransaction(status="Accepted")

    @after("RemoteStartTransaction")
    async def start_charging(self, **_):
        started = await self.say(
            call.StartTransaction(
                connector_id=1, id_tag=self.id_tag, meter_start=self.register_wh, timestamp=now()
            )
        )
        self.transaction = started.transaction_id
        await self.status("Charging")
        await self.meter()

    @on("RemoteStopTransaction")
    def remote_stop(self, transaction_id):
        is_open = transaction_id == self.transaction
        return call_result.RemoteStopTransaction(status="Accepted" if is_open else "Rejected")

    @after("RemoteStopTransaction")
    async def stop_charging(self, transaction_id):
        if transaction_id != self.transaction:
            return
        self.transaction = None
        self.profiles = {
            known: profile
            for known, profile in self.profiles.items()
            if profile["charging_profile_purpose"] != "TxProfile"
        }
        await self.say(
            call.StopTransaction(
                meter_stop=self.register_wh,
                timestamp=now(),
                transaction_id=transaction_id,
                reason="Remote",
            )
        )

    # Firmware and diagnostics

    async def progress(self, status):
        await self.say(call.FirmwareStatusNotification(status=status))

    @on("UpdateFirmware")
    def update_firmware(self, **_):
        return call_result.UpdateFirmware()

    @after("UpdateFirmware")
    async def install(self, location, **_):
        await self.progress("Downloading")
        try:
            image = await asyncio.get_running_loop().run_in_executor(None, fetch, location)
        except OSError:
            await self.progress("DownloadFailed")
            return
        await self.progress("Downloaded")
        await self.progress("Installing")
        self.image = image
        self.firmware = location.rsplit("-", 1)[-1].removesuffix(".bin")
        await self.boot()
        await self.progress("Installed")

    @on("GetDiagnostics")
    def get_diagnostics(self, **_):
        return call_result.GetDiagnostics(file_name=f"{self.id}.log")

    @after("GetDiagnostics")
    async def bring_diagnostics(self, location, **_):
        await self.say(call.DiagnosticsStatusNotification(status="Uploading"))
        image = hashlib.sha256(self.image).hexdigest()
        content = f"station {self.id} runs {self.firmware}, image {image}\n".encode()
        await asyncio.get_running_loop().run_in_executor(
            None, bring, f"{location}{self.id}.log", content
        )
        await self.say(call.DiagnosticsStatusNotification(status="Uploaded"))


async def main(url):
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda _, context: tell(fault=repr(context)))
    async with websockets.connect(url, subprotocols=["ocpp1.6"]) as socket:
        station = ObedientStation(url.rsplit("/", 1)[-1], socket)
        listening = asyncio.ensure_future(station.start())
        await station.boot()
        tell(booted=True)
        await listening


asyncio.run(main(sys.argv[1]))
