package main

import (
	"github.com/lorenzodonini/ocpp-go/ocpp2.0.1/provisioning"
	"github.com/lorenzodonini/ocpp-go/ocpp2.0.1/types"
)

// Variables is the device model. Handlers that are embedded and not defined are never called here.
type Variables struct {
	provisioning.ChargingStationHandler
	*Station
	held []*Variable
}

// Variable is one of them.
type Variable struct {
	component, variable, value string
	mutability                 provisioning.Mutability
	dataType                   provisioning.DataType
}

func deviceModel() []*Variable {
	return []*Variable{
		{"OCPPCommCtrlr", "HeartbeatInterval", "300",
			provisioning.MutabilityReadWrite, provisioning.TypeInteger},
		{"TxCtrlr", "TxStartPoint", "PowerPathClosed",
			provisioning.MutabilityReadOnly, provisioning.TypeMemberList},
	}
}

// find says of what is not there whether its component is.
func (variables *Variables) find(component, variable string) (found *Variable, hasComponent bool) {
	for _, held := range variables.held {
		if held.component != component {
			continue
		}
		hasComponent = true
		if held.variable == variable {
			return held, true
		}
	}
	return nil, hasComponent
}

func (variables *Variables) OnGetBaseReport(
	request *provisioning.GetBaseReportRequest,
) (*provisioning.GetBaseReportResponse, error) {
	status := types.GenericDeviceModelStatusNotSupported
	if request.ReportBase == provisioning.ReportTypeFullInventory {
		status = types.GenericDeviceModelStatusAccepted
		afterwards(func() error { return variables.report(request.RequestID) })
	}
	return provisioning.NewGetBaseReportResponse(status), nil
}

func (variables *Variables) report(requestID int) error {
	variables.lock.Lock()
	rows := make([]provisioning.ReportData, len(variables.held))
	for i, held := range variables.held {
		attribute := provisioning.NewVariableAttribute()
		attribute.Value, attribute.Mutability = held.value, held.mutability
		rows[i] = provisioning.ReportData{
			Component:               types.Component{Name: held.component},
			Variable:                types.Variable{Name: held.variable},
			VariableAttribute:       []provisioning.VariableAttribute{attribute},
			VariableCharacteristics: provisioning.NewVariableCharacteristics(held.dataType, false),
		}
	}
	variables.lock.Unlock()
	for i, row := range rows {
		_, err := variables.ocpp.NotifyReport(requestID, types.Now(), i,
			func(request *provisioning.NotifyReportRequest) {
				request.Tbc = i+1 < len(rows)
				request.ReportData = []provisioning.ReportData{row}
			})
		if err != nil {
			return err
		}
	}
	return nil
}

func (variables *Variables) OnGetVariables(
	request *provisioning.GetVariablesRequest,
) (*provisioning.GetVariablesResponse, error) {
	variables.lock.Lock()
	defer variables.lock.Unlock()
	results := []provisioning.GetVariableResult{}
	for _, item := range request.GetVariableData {
		result := provisioning.GetVariableResult{Component: item.Component, Variable: item.Variable}
		held, hasComponent := variables.find(item.Component.Name, item.Variable.Name)
		switch {
		case held != nil:
			result.AttributeStatus = provisioning.GetVariableStatusAccepted
			result.AttributeValue = held.value
		case hasComponent:
			result.AttributeStatus = provisioning.GetVariableStatusUnknownVariable
		default:
			result.AttributeStatus = provisioning.GetVariableStatusUnknownComponent
		}
		results = append(results, result)
	}
	return provisioning.NewGetVariablesResponse(results), nil
}

func (variables *Variables) OnSetVariables(
	request *provisioning.SetVariablesRequest,
) (*provisioning.SetVariablesResponse, error) {
	variables.lock.Lock()
	defer variables.lock.Unlock()
	results := []provisioning.SetVariableResult{}
	for _, item := range request.SetVariableData {
		result := provisioning.SetVariableResult{Component: item.Component, Variable: item.Variable}
		held, hasComponent := variables.find(item.Component.Name, item.Variable.Name)
		switch {
		case held != nil && held.mutability == provisioning.MutabilityReadWrite:
			result.AttributeStatus = provisioning.SetVariableStatusAccepted
			held.value = item.AttributeValue
		case held != nil:
			result.AttributeStatus = provisioning.SetVariableStatusRejected
		case hasComponent:
			result.AttributeStatus = provisioning.SetVariableStatusUnknownVariable
		default:
			result.AttributeStatus = provisioning.SetVariableStatusUnknownComponent
		}
		results = append(results, result)
	}
	return provisioning.NewSetVariablesResponse(results), nil
}
