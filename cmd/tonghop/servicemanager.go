package main

import (
	"context"
	"errors"
	"os"
	"runtime"
	"strings"

	"github.com/kardianos/service"
)

// The recovery of the Windows service: it is started again after half a minute, and
// its failures are forgotten after a day.
const (
	restartAfter  = "30s"
	forgetAfter   = 24 * 60 * 60 // seconds
	windowsUser   = `NT SERVICE\`
	platformUnits = "linux-systemd"
)

// manager is the system's own keeper of services: systemd, or that of Windows.
func (in installation) manager() (service.Service, error) {
	config := &service.Config{
		Name: in.Name, DisplayName: in.Name, Description: "tonghop: the units' reports into the city's report",
		Executable: in.Program, Arguments: []string{"serve", "--config", in.Settings},
		Option: service.KeyValue{},
	}
	if runtime.GOOS == "windows" {
		config.UserName = in.User
		config.Option["DelayedAutoStart"] = true // after the disks and the network
		config.Option["OnFailure"] = "restart"
		config.Option["OnFailureDelayDuration"] = restartAfter
		config.Option["OnFailureResetPeriod"] = forgetAfter
	} else {
		// The unit is whole; nothing in it is for the template engine to fill in.
		config.Option["SystemdScript"] = strings.ReplaceAll(in.unit(), "{{", `{{"{{"}}`)
	}
	return service.New(notHere{}, config)
}

// notHere stands for the service in a command that only speaks to its keeper.
type notHere struct{}

func (notHere) Start(service.Service) error { return errors.New("not the service itself") }
func (notHere) Stop(service.Service) error  { return nil }

// asService does the work of the service until ctx ends or, as a Windows service,
// until Windows wants it to stop. Work that ends by itself there ends the program
// with its exit code, which is what Windows starts it again for.
func (a *app) asService(ctx context.Context, work func(context.Context) error) error {
	if runtime.GOOS != "windows" || service.Interactive() {
		return work(ctx)
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	m := &managed{work: func() error { return work(ctx) }, stop: stop, done: make(chan error, 1), exit: func(err error) {
		if ctx.Err() == nil {
			code := exitOK
			if err != nil {
				code = a.report(err)
			}
			os.Exit(code)
		}
	}}
	s, err := service.New(m, &service.Config{Name: serviceName})
	if err != nil {
		return err
	}
	return s.Run()
}

// managed is the service as Windows starts and stops it.
type managed struct {
	work func() error
	stop func()
	done chan error
	exit func(error) // where nobody wanted it to stop
}

// Start implements service.Interface.
func (m *managed) Start(service.Service) error {
	go func() {
		err := m.work()
		m.exit(err)
		m.done <- err
	}()
	return nil
}

// Stop implements service.Interface: it waits until the work has ended.
func (m *managed) Stop(service.Service) error {
	m.stop()
	if err := <-m.done; !errors.Is(err, context.Canceled) {
		return err
	}
	return nil
}
