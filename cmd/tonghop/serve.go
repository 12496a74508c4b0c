package main

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"tonghop/cmd/tonghop/health"
	"tonghop/cmd/tonghop/settings"
	"tonghop/pipeline/atomicfile"
	"tonghop/pipeline/ledger"
)

func (a *app) serveCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "serve", Short: a.say.Say("cli.serve"), Args: cobra.NoArgs}
	cmd.RunE = func(cmd *cobra.Command, _ []string) error { return a.asService(cmd.Context(), a.serve) }
	return cmd
}

// serve watches and consolidates until it is told to stop. Settings and
// definitions that do not load are told at the start; later ones make the service
// wait until they are mended.
func (a *app) serve(ctx context.Context) (err error) {
	o, err := a.open()
	if err != nil {
		return err
	}
	// One service for a state folder: two would answer everybody twice.
	lock, err := ledger.AcquireService(ctx, o.settings.State)
	var held *ledger.HeldError
	if errors.As(err, &held) {
		return &failure{code: exitLocked, key: "second_service", facts: []any{"holder", a.holder(held.Holder)}, underlie: err}
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, lock.Release()) }()
	// Of a service that was killed; only one at a time writes the file.
	if _, err := atomicfile.RemoveLeftoversOf(filepath.Join(o.settings.State, lastLookFile)); err != nil {
		return err
	}
	log, closeLog, err := a.logger(o.settings)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, closeLog()) }()
	board := health.NewBoard(version, stalledAfter(o.settings.Watch.Interval()), a.now)
	stop, err := a.beSeen(ctx, o.settings, board, log)
	if err != nil {
		return err
	}
	defer stop()
	at := newAttendant(a, o, board, log)
	return at.attend(ctx)
}

// stalledAfter is how long a look may take before the service is not well: a look
// at a slow share, and a consolidation of the city, are no reason to ring.
func stalledAfter(every time.Duration) time.Duration { return 10*time.Minute + 10*every }

// beSeen answers monitors, where the settings say so, until stop is called.
func (a *app) beSeen(ctx context.Context, s settings.Settings, board *health.Board, log *slog.Logger) (stop func(), err error) {
	if s.Listen == "" {
		return func() {}, nil
	}
	server, err := health.Listen(s.Listen, board, health.DefaultLimits(), log)
	if err != nil {
		return nil, &failure{code: exitFailure, key: "listen", facts: []any{"address", s.Listen, "detail", err.Error()}, underlie: err}
	}
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan error, 1)
	go func() { done <- server.Serve(ctx) }()
	return func() {
		cancel()
		if err := <-done; err != nil {
			log.Warn("health endpoint ended", "error", err)
		}
	}, nil
}
