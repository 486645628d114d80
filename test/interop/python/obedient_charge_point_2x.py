"""A charging station on the Python package `ocpp` that does what it is told and nothing else.

usage: obedient_charge_point_2x.py ocpp2.0.1|ocpp2.1 ws://host:port/ID
Boots; tells and changes its device model; charges when it is told to start, at the power that its
charging profiles leave; fetches firmware and brings its log over HTTP. Prints {"booted": true}, and
{"fault"} where anything goes wrong. Stays until it is killed.

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
from ocpp.v201 import ChargePoint as ChargePoint201
from ocpp.v21 import ChargePoint as ChargePoint21

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


class ObedientStation:
    """What both versions do alike. `_call` and `_call_result` are the package's own for a version."""

    def prepare(self):
        self.variables = {
            ("OCPPCommCtrlr", "HeartbeatInterval"): ["300", "ReadWrite", "integer"],
            ("TxCtrlr", "TxStartPoint"): ["PowerPathClosed", "ReadOnly", "MemberList"],
        }
        self.profiles = {}
        self.transaction = None
        self.transactions = 0
        self.power = None
        self.register_wh = 1000
        self.firmware = "1.0.0"
        self.image = b""

    async def say(self, action, **payload):
        return await self.call(getattr(self._call, action)(**payload), suppress=False)

    def answer(self, action, **payload):
        return getattr(self._call_result, action)(**payload)

    async def boot(self, reason="PowerUp"):
        station = {"model": "P2", "vendorName": "Py", "firmwareVersion": self.firmware}
        await self.say("BootNotification", charging_station=station, reason=reason)
        await self.status("Available")

    async def status(self, status):
        await self.say(
            "StatusNotification",
            timestamp=now(),
            connector_status=status,
            evse_id=1,
            connector_id=1,
        )

    # Device model

    @on("GetBaseReport")
    def get_base_report(self, report_base, **_):
        known = report_base == "FullInventory"
        return self.answer("GetBaseReport", status="Accepted" if known else "NotSupported")

    @after("GetBaseReport")
    async def report(self, request_id, report_base, **_):
        if report_base != "FullInventory":
            return
        for seq_no, ((component, variable), held) in enumerate(self.variables.items()):
            value, mutability, data_type = held
            row = {
                "component": {"name": component},
                "variable": {"name": variable},
                "variableAttribute": [{"value": value, "mutability": mutability}],
                "variableCharacteristics": {"dataType": data_type, "supportsMonitoring": False},
            }
            await self.say(
                "NotifyReport",
                request_id=request_id,
                generated_at=now(),
                seq_no=seq_no,
                tbc=seq_no + 1 < len(self.variables),
                report_data=[row],
            )

    def held(self, item):
        """What a variable holds, or the status that says why there is none."""
        component, variable = item["component"]["name"], item["variable"]["name"]
        if (component, variable) in self.variables:
            return self.variables[component, variable]
        known = any(component == name for name, _ in self.variables)
        return "UnknownVariable" if known else "UnknownComponent"

    @on("GetVariables")
    def get_variables(self, get_variable_data, **_):
        return self.answer(
            "GetVariables", get_variable_result=[self.got(item) for item in get_variable_data]
        )

    def got(self, item):
        held = self.held(item)
        about = {"component": item["component"], "variable": item["variable"]}
        if isinstance(held, str):
            return {**about, "attribute_status": held}
        return {**about, "attribute_status": "Accepted", "attribute_value": held[0]}

    @on("SetVariables")
    def set_variables(self, set_variable_data, **_):
        return self.answer(
            "SetVariables", set_variable_result=[self.set(item) for item in set_variable_data]
        )

    def set(self, item):
        held = self.held(item)
        status = held
        if not isinstance(held, str):
            status = "Accepted" if held[1] == "ReadWrite" else "Rejected"
        if status == "Accepted":
            held[0] = item["attribute_value"]
        return {
            "component": item["component"],
            "variable": item["variable"],
            "attribute_status": status,
        }

    # Smart charging

    def schedule(self):
        """The schedule that holds: a TxProfile goes before a TxDefaultProfile."""
        for purpose in ("TxProfile", "TxDefaultProfile"):
            for profile in self.profiles.values():
                if profile["charging_profile_purpose"] == purpose:
                    return profile["charging_schedule"][0]["charging_schedule_period"]
        return [{"start_period": 0, "limit": MOST_W}]

    async def event(self, kind, trigger, more=None, **payload):
        samples = [
            {"value": float(self.power or 0), "measurand": "Power.Active.Import"},
            {"value": float(self.register_wh), "measurand": "Energy.Active.Import.Register"},
        ]
        seq_no, self.seq_no = self.seq_no, self.seq_no + 1
        return await self.say(
            "TransactionEvent",
            event_type=kind,
            timestamp=now(),
            trigger_reason=trigger,
            seq_no=seq_no,
            transaction_info={"transactionId": self.transaction, **(more or {})},
            evse={"id": 1, "connectorId": 1},
            meter_value=[{"timestamp": now(), "sampledValue": samples}],
            **payload,
        )

    async def meter(self):
        """A sample whenever the power is another one."""
        power = min(self.schedule()[0]["limit"], MOST_W)
        if self.transaction is None or power == self.power:
            return
        self.power = power
        self.register_wh += int(power / 4)
        await self.event("Updated", "ChargingRateChanged", {"chargingState": "Charging"})

    @on("SetChargingProfile")
    def set_charging_profile(self, evse_id, charging_profile, **_):
        profile = charging_profile
        is_of_transaction = profile["charging_profile_purpose"] == "TxProfile"
        if is_of_transaction and profile.get("transaction_id") != self.transaction:
            info = {"reason_code": "TxNotFound"}
            return self.answer("SetChargingProfile", status="Rejected", status_info=info)
        self.profiles[profile["id"]] = {**profile, "evse_id": evse_id}
        return self.answer("SetChargingProfile", status="Accepted")

    @after("SetChargingProfile")
    async def limited(self, **_):
        await self.meter()

    @on("ClearChargingProfile")
    def clear_charging_profile(self, charging_profile_id=None, **_):
        cleared = [known for known in self.profiles if charging_profile_id in (None, known)]
        for known in cleared:
            del self.profiles[known]
        return self.answer("ClearChargingProfile", status="Accepted" if cleared else "Unknown")

    @after("ClearChargingProfile")
    async def unlimited(self, **_):
        await self.meter()

    @on("GetCompositeSchedule")
    def get_composite_schedule(self, duration, evse_id, charging_rate_unit="W", **_):
        periods = [period for period in self.schedule() if period["start_period"] < duration]
        return self.answer(
            "GetCompositeSchedule",
            status="Accepted",
            schedule={
                "evse_id": evse_id,
                "duration": duration,
                "schedule_start": now(),
                "charging_rate_unit": charging_rate_unit,
                "charging_schedule_period": periods,
            },
        )

    @on("GetChargingProfiles")
    def get_charging_profiles(self, **_):
        status = "Accepted" if self.profiles else "NoProfiles"
        return self.answer("GetChargingProfiles", status=status)

    @after("GetChargingProfiles")
    async def report_charging_profiles(self, request_id, **_):
        told = list(self.profiles.values())
        for number, profile in enumerate(told):
            await self.say(
                "ReportChargingProfiles",
                request_id=request_id,
                charging_limit_source="CSO",
                evse_id=profile["evse_id"],
                charging_profile=[{k: v for k, v in profile.items() if k != "evse_id"}],
                tbc=number + 1 < len(told),
            )

    # Transactions

    @on("RequestStartTransaction")
    def request_start(self, **_):
        if self.transaction:
            return self.answer("RequestStartTransaction", status="Rejected")
        return self.answer("RequestStartTransaction", status="Accepted")

    @after("RequestStartTransaction")
    async def start_charging(self, id_token, remote_start_id, **_):
        if self.transaction:
            return
        token = {"idToken": id_token["id_token"], "type": id_token["type"]}
        authorized = await self.say("Authorize", id_token=token)
        if authorized.id_token_info["status"] != "Accepted":
            return
        self.transactions += 1
        self.transaction = f"{self.id}-{self.transactions}"
        self.seq_no = 0
        await self.status("Occupied")
        info = {"remoteStartId": remote_start_id}
        await self.event("Started", "RemoteStart", info, id_token=token)
        await self.meter()

    @on("RequestStopTransaction")
    def request_stop(self, transaction_id, **_):
        is_open = transaction_id == self.transaction
        return self.answer("RequestStopTransaction", status="Accepted" if is_open else "Rejected")

    @after("RequestStopTransaction")
    async def stop_charging(self, transaction_id, **_):
        if transaction_id != self.transaction:
            return
        self.power = 0
        await self.event("Ended", "RemoteStop", {"stoppedReason": "Remote"})
        self.transaction = None
        self.profiles = {
            known: profile
            for known, profile in self.profiles.items()
            if profile["charging_profile_purpose"] != "TxProfile"
        }

    @on("GetTransactionStatus")
    def transaction_status(self, transaction_id=None, **_):
        return self.answer(
            "GetTransactionStatus",
            ongoing_indicator=transaction_id == self.transaction,
            messages_in_queue=False,
        )

    # Firmware and log

    @on("UpdateFirmware")
    def update_firmware(self, **_):
        return self.answer("UpdateFirmware", status="Accepted")

    @after("UpdateFirmware")
    async def install(self, request_id, firmware, **_):
        async def progress(status):
            await self.say("FirmwareStatusNotification", status=status, request_id=request_id)

        location = firmware["location"]
        await progress("Downloading")
        try:
            image = await asyncio.get_running_loop().run_in_executor(None, fetch, location)
        except OSError:
            await progress("DownloadFailed")
            return
        await progress("Downloaded")
        await progress("Installing")
        self.image = image
        self.firmware = location.rsplit("-", 1)[-1].removesuffix(".bin")
        await self.boot("FirmwareUpdate")
        await progress("Installed")

    @on("GetLog")
    def get_log(self, **_):
        return self.answer("GetLog", status="Accepted", filename=f"{self.id}.log")

    @after("GetLog")
    async def bring_log(self, request_id, log, **_):
        await self.say("LogStatusNotification", status="Uploading", request_id=request_id)
        image = hashlib.sha256(self.image).hexdigest()
        content = f"station {self.id} runs {self.firmware}, image {image}\n".encode()
        location = f"{log['remote_location']}{self.id}.log"
        await asyncio.get_running_loop().run_in_executor(None, bring, location, content)
        await self.say("LogStatusNotification", status="Uploaded", request_id=request_id)


class Station201(ObedientStation, ChargePoint201):
    pass


class Station21(ObedientStation, ChargePoint21):
    pass


async def main(version, url):
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda _, context: tell(fault=repr(context)))
    station_class = Station201 if version == "ocpp2.0.1" else Station21
    async with websockets.connect(url, subprotocols=[version]) as socket:
        station = station_class(url.rsplit("/", 1)[-1], socket)
        station.prepare()
        listening = asyncio.ensure_future(station.start())
        await station.boot()
        tell(booted=True)
        await listening


asyncio.run(main(sys.argv[1], sys.argv[2]))
