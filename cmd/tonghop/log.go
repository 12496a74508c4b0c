package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strconv"
	"strings"
	"time"
	"unicode"

	"gopkg.in/natefinch/lumberjack.v2"

	"tonghop/cmd/tonghop/settings"
)

// logger makes the log of the settings: the one of a command that works unwatched.
// What people read on a terminal is worded; the log is for whoever looks for a
// fault, and for programs: its messages and keys are English and do not change
// with --lang. Times are of the settings' zone. close ends it.
//
// Names of files are others' to choose: whatever in a value is not to be seen is
// written as Go writes it in a string, so that no name begins a line of its own or
// says something to a terminal.
func (a *app) logger(s settings.Settings) (log *slog.Logger, close func() error, err error) {
	zone, err := time.LoadLocation(s.Zone)
	if err != nil {
		return nil, nil, fmt.Errorf("zone of the log: %w", err)
	}
	out, close := a.err, func() error { return nil }
	if s.Log.File != "" {
		file, err := logFile(s.Log)
		if err != nil {
			return nil, nil, &failure{code: exitFailure, key: "log_file", facts: []any{"file", s.Log.File, "detail", err.Error()}, underlie: err}
		}
		out, close = file, file.Close
	}
	return slog.New(stamped{logHandler(out, s.Log, zone), a.now, zone}), close, nil
}

// logFile opens the file once, so that one that cannot be written is told at the
// start: afterwards nobody looks at what writing a log returns.
func logFile(s settings.Log) (*lumberjack.Logger, error) {
	const perm = 0o640 // a log names people's files
	file, err := os.OpenFile(s.File, os.O_APPEND|os.O_CREATE|os.O_WRONLY, perm)
	if err == nil {
		err = file.Close()
	}
	if err != nil {
		return nil, err
	}
	return &lumberjack.Logger{Filename: s.File, MaxSize: s.MaxSizeMB, MaxBackups: s.Keep}, nil
}

func logHandler(out io.Writer, s settings.Log, zone *time.Location) slog.Handler {
	options := &slog.HandlerOptions{Level: s.Least(), ReplaceAttr: func(_ []string, attr slog.Attr) slog.Attr { return plainAttr(attr, zone) }}
	if s.Format == settings.LogJSON {
		return slog.NewJSONHandler(out, options)
	}
	return slog.NewTextHandler(out, options)
}

// plainAttr makes texts, errors and whatever else prints itself plain, and puts
// instants into the office's zone.
func plainAttr(attr slog.Attr, zone *time.Location) slog.Attr {
	attr.Key = plain(attr.Key)
	switch v := attr.Value.Resolve(); v.Kind() {
	case slog.KindString:
		attr.Value = slog.StringValue(plain(v.String()))
	case slog.KindTime:
		if at := v.Time(); !at.IsZero() {
			attr.Value = slog.TimeValue(at.In(zone))
		}
	case slog.KindAny:
		switch given := v.Any().(type) {
		case error:
			attr.Value = slog.StringValue(plain(given.Error()))
		case *slog.Source, slog.Level:
		default:
			attr.Value = slog.StringValue(plain(fmt.Sprint(given)))
		}
	}
	return attr
}

// plain writes what is not to be seen as Go does in a string: ends of lines, the
// escapes of terminals, marks that turn the direction of a text, broken UTF-8.
func plain(text string) string {
	seen := func(c rune) bool {
		return c == ' ' || unicode.IsGraphic(c) && c != unicode.ReplacementChar && !unicode.Is(unicode.Zs, c)
	}
	if strings.IndexFunc(text, func(c rune) bool { return !seen(c) }) < 0 {
		return text
	}
	quoted := strconv.Quote(text)
	return quoted[1 : len(quoted)-1]
}

// tame writes what would drive a terminal, or turn the direction of its text, as Go
// does in a string: names of files and what cells hold are their senders' to choose.
func tame(text string) string {
	wild := func(c rune) bool {
		return c != '\n' && c != '\t' && (unicode.IsControl(c) || unicode.Is(unicode.Cf, c))
	}
	if strings.IndexFunc(text, wild) < 0 {
		return text
	}
	var out strings.Builder
	for _, c := range text {
		if wild(c) {
			quoted := strconv.QuoteRune(c)
			out.WriteString(quoted[1 : len(quoted)-1])
		} else {
			out.WriteRune(c)
		}
	}
	return out.String()
}

// stamped gives records the time of the program's clock in the office's zone; slog
// itself asks the system, in whatever zone the machine is set to.
type stamped struct {
	slog.Handler
	now  func() time.Time
	zone *time.Location
}

// Handle implements slog.Handler.
func (h stamped) Handle(ctx context.Context, r slog.Record) error {
	r.Time = h.now().In(h.zone)
	return h.Handler.Handle(ctx, r)
}

// WithAttrs implements slog.Handler.
func (h stamped) WithAttrs(attrs []slog.Attr) slog.Handler {
	return stamped{h.Handler.WithAttrs(attrs), h.now, h.zone}
}

// WithGroup implements slog.Handler.
func (h stamped) WithGroup(name string) slog.Handler {
	return stamped{h.Handler.WithGroup(name), h.now, h.zone}
}
