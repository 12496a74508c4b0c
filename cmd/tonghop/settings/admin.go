package settings

import (
	"log/slog"
	"net/netip"

	"go.yaml.in/yaml/v3"

	"tonghop/pipeline/workbook"
)

// The forms of the log.
const (
	LogText = "text"
	LogJSON = "json"
)

// Log says where the log goes and how much of it is kept.
type Log struct {
	Format string `yaml:"format"` // LogText or LogJSON
	// File is empty for standard error, which the journal takes under systemd.
	File  string `yaml:"file"`
	Level string `yaml:"level"` // debug, info, warn or error
	// MaxSizeMB is the size in MiB at which a file is set aside and another begun;
	// Keep is how many of those set aside are kept.
	MaxSizeMB int `yaml:"max_size_mb"`
	Keep      int `yaml:"keep"`
}

// Least is the level below which nothing is written.
func (l Log) Least() slog.Level { return levels[l.Level] }

// levels are those of log/slog by their names in the settings.
var levels = map[string]slog.Level{"debug": slog.LevelDebug, "info": slog.LevelInfo, "warn": slog.LevelWarn, "error": slog.LevelError}

func defaultLog() Log {
	return Log{Format: LogText, Level: "info", MaxSizeMB: 10, Keep: 10}
}

// Limits are the budgets for one file that an office may want to move. The
// others follow from what a spreadsheet can be.
type Limits struct {
	FileMiB     int `yaml:"file_mib"`     // as received
	UnpackedMiB int `yaml:"unpacked_mib"` // all its parts together
	Cells       int `yaml:"cells"`        // in all its sheets
}

const mib = 1 << 20

func defaultLimits() Limits {
	d := workbook.DefaultLimits()
	return Limits{FileMiB: int(d.File / mib), UnpackedMiB: int(d.Total / mib), Cells: d.Cells}
}

// Workbook are the reader's budgets with those of the settings.
func (l Limits) Workbook() workbook.Limits {
	limits := workbook.DefaultLimits()
	limits.File, limits.Total, limits.Cells = int64(l.FileMiB)*mib, int64(l.UnpackedMiB)*mib, l.Cells
	limits.Part = min(limits.Part, limits.Total)
	return limits
}

// adminProblems checks what the settings say of the log and of the endpoint for
// monitors.
func (s Settings) adminProblems(doc *yaml.Node) []problem {
	var problems []problem
	wrong := wrongAt(doc, &problems)
	wrong(oneOf(s.Log.Format, LogText, LogJSON), "log", "format")
	wrong(oneOf(s.Log.Level, "debug", "info", "warn", "error"), "log", "level")
	for _, bound := range []struct {
		name  string
		value int
	}{{"max_size_mb", s.Log.MaxSizeMB}, {"keep", s.Log.Keep}} {
		// Without a bound a log fills the disk in a year or two.
		wrong(between("setting.number", bound.value, 1, 1000), "log", bound.name)
	}
	for _, bound := range []struct {
		name        string
		value, most int
	}{{"file_mib", s.Limits.FileMiB, 256}, {"unpacked_mib", s.Limits.UnpackedMiB, 1024}, {"cells", s.Limits.Cells, 10_000_000}} {
		wrong(between("setting.number", bound.value, 1, bound.most), "limits", bound.name)
	}
	wrong(s.ListenError(), "listen")
	return problems
}

// ListenError says why Listen cannot be; nil where it can, or is empty. An address
// that other machines can reach is refused. So is a name: what it stands for is
// another's to change.
func (s Settings) ListenError() error {
	if s.Listen == "" {
		return nil
	}
	at, err := netip.ParseAddrPort(s.Listen)
	switch {
	case err != nil:
		return unfitFor("setting.address.unread", "given", s.Listen)
	case !at.Addr().IsLoopback():
		return unfitFor("setting.address.reachable", "given", s.Listen)
	case at.Port() == 0:
		return unfitFor("setting.address.port", "given", s.Listen)
	}
	return nil
}
