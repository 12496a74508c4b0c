package main

import (
	"errors"
	"log/slog"

	"go.yaml.in/yaml/v3"

	"tonghop/cmd/tonghop/health"
)

// The forms of the log.
const (
	logText = "text"
	logJSON = "json"
)

// logSettings say where the log goes and how much of it is kept.
type logSettings struct {
	Format string `yaml:"format"`
	// File is empty for standard error, which the journal takes under systemd.
	File  string `yaml:"file"`
	Level string `yaml:"level"`
	// MaxSizeMB is the size in MiB at which a file is set aside and another begun;
	// Keep is how many of those set aside are kept.
	MaxSizeMB int `yaml:"max_size_mb"`
	Keep      int `yaml:"keep"`
}

func defaultLog() logSettings {
	return logSettings{Format: logText, Level: "info", MaxSizeMB: 10, Keep: 10}
}

// levels are those of log/slog by their names in the settings.
var levels = map[string]slog.Level{"debug": slog.LevelDebug, "info": slog.LevelInfo, "warn": slog.LevelWarn, "error": slog.LevelError}

// adminProblems checks what the settings say of the log and of the endpoint for
// monitors.
func (s settings) adminProblems(doc *yaml.Node) []problem {
	var problems []problem
	wrong := wrongAt(doc, &problems)
	wrong(oneOf(s.Log.Format, logText, logJSON), "log", "format")
	wrong(oneOf(s.Log.Level, "debug", "info", "warn", "error"), "log", "level")
	for _, bound := range []struct {
		name  string
		value int
	}{{"max_size_mb", s.Log.MaxSizeMB}, {"keep", s.Log.Keep}} {
		// Without a bound a log fills the disk in a year or two.
		wrong(between("setting.number", bound.value, 1, 1000), "log", bound.name)
	}
	if s.Listen != "" {
		var refused *health.AddressError
		if errors.As(health.CheckAddress(s.Listen), &refused) {
			wrong(unfitFor("setting.address."+string(refused.Fault), "given", refused.Address), "listen")
		}
	}
	return problems
}
