package main

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"
	"net/http"
	"regexp"

	"github.com/lorenzodonini/ocpp-go/ocpp2.0.1/diagnostics"
	"github.com/lorenzodonini/ocpp-go/ocpp2.0.1/firmware"
	"github.com/lorenzodonini/ocpp-go/ocpp2.0.1/provisioning"
)

// Firmware fetches and installs it.
type Firmware struct {
	firmware.ChargingStationHandler
	*Station
}

func (part *Firmware) OnUpdateFirmware(
	request *firmware.UpdateFirmwareRequest,
) (*firmware.UpdateFirmwareResponse, error) {
	afterwards(func() error { return part.install(request.RequestID, request.Firmware.Location) })
	return firmware.NewUpdateFirmwareResponse(firmware.UpdateFirmwareStatusAccepted), nil
}

var versionInName = regexp.MustCompile(`-([\d.]+)\.bin$`)

func (part *Firmware) install(requestID int, location string) error {
	if err := part.progress(requestID, firmware.FirmwareStatusDownloading); err != nil {
		return err
	}
	image, err := fetch(location)
	if err != nil {
		return part.progress(requestID, firmware.FirmwareStatusDownloadFailed)
	}
	err = part.progress(requestID,
		firmware.FirmwareStatusDownloaded, firmware.FirmwareStatusInstalling)
	if err != nil {
		return err
	}
	part.lock.Lock()
	part.image = image
	part.firmware = versionInName.FindStringSubmatch(location)[1]
	part.lock.Unlock()
	if err := part.boot(provisioning.BootReasonFirmwareUpdate); err != nil {
		return err
	}
	return part.progress(requestID, firmware.FirmwareStatusInstalled)
}

func (part *Firmware) progress(requestID int, statuses ...firmware.FirmwareStatus) error {
	for _, status := range statuses {
		_, err := part.ocpp.FirmwareStatusNotification(status,
			func(request *firmware.FirmwareStatusNotificationRequest) {
				request.RequestID = &requestID
			})
		if err != nil {
			return err
		}
	}
	return nil
}

func fetch(location string) ([]byte, error) {
	response, err := http.Get(location)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s: HTTP %d", location, response.StatusCode)
	}
	return io.ReadAll(response.Body)
}

// Log brings its log.
type Log struct {
	diagnostics.ChargingStationHandler
	*Station
}

func (part *Log) OnGetLog(request *diagnostics.GetLogRequest) (*diagnostics.GetLogResponse, error) {
	answer := diagnostics.NewGetLogResponse(diagnostics.LogStatusAccepted)
	answer.Filename = part.id + ".log"
	location := request.Log.RemoteLocation + answer.Filename
	afterwards(func() error { return part.bring(request.RequestID, location) })
	return answer, nil
}

func (part *Log) bring(requestID int, location string) error {
	_, err := part.ocpp.LogStatusNotification(diagnostics.UploadLogStatusUploading, requestID)
	if err != nil {
		return err
	}
	part.lock.Lock()
	content := fmt.Sprintf("station %s runs %s, image %x\n",
		part.id, part.firmware, sha256.Sum256(part.image))
	part.lock.Unlock()
	request, err := http.NewRequest(http.MethodPut, location, bytes.NewBufferString(content))
	if err != nil {
		return err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	response.Body.Close()
	_, err = part.ocpp.LogStatusNotification(diagnostics.UploadLogStatusUploaded, requestID)
	return err
}
