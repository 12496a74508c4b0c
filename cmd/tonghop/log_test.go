package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"tonghop/cmd/tonghop/settings"
)

// logging is an app with a fixed clock and the settings of a test.
func logging(change func(*settings.Log)) (*app, settings.Settings, *bytes.Buffer) {
	var out bytes.Buffer
	a := &app{err: &out, now: func() time.Time { return time.Date(2025, 6, 18, 0, 30, 0, 0, time.UTC) }}
	s := settings.Default()
	change(&s.Log)
	return a, s, &out
}

func TestALogLineIsPlain(t *testing.T) {
	hostile := "a\nlevel=ERROR msg=forged \x1b[2J\u202excod\u009b\xff.xlsx"
	for _, format := range []string{settings.LogText, settings.LogJSON} {
		a, s, out := logging(func(l *settings.Log) { l.Format = format })
		log, closed, err := a.logger(s)
		if err != nil {
			t.Fatal(err)
		}
		log.With("unit", hostile).WithGroup("run").Warn(hostile, "file", hostile, "error", errors.New(hostile), "name", []string{hostile}, "due", a.now().Add(time.Hour), "vi", "Tây Hồ.xlsx")
		log.Debug("not at this level")
		if err := closed(); err != nil {
			t.Fatal(err)
		}
		line := out.String()
		if strings.Count(line, "\n") != 1 || !utf8.ValidString(line) || strings.ContainsAny(line, "\x1b\u202e\u009b\ufffd") {
			t.Errorf("%s: %q", format, line)
		}
		if !strings.Contains(line, "2025-06-18T07:30:00") || !strings.Contains(line, "2025-06-18T08:30:00.000+07:00") && !strings.Contains(line, "2025-06-18T08:30:00+07:00") || !strings.Contains(line, "Tây Hồ.xlsx") || !strings.Contains(line, `forged`) {
			t.Errorf("%s: %s", format, line)
		}
		if format == settings.LogJSON {
			var record map[string]any
			if err := json.Unmarshal([]byte(line), &record); err != nil || record["level"] != "WARN" {
				t.Errorf("%v in %s", err, line)
			}
		}
	}
}

func TestTheLevelIsTheSettings(t *testing.T) {
	for level, want := range map[string]int{"debug": 4, "info": 3, "warn": 2, "error": 1} {
		a, s, out := logging(func(l *settings.Log) { l.Level = level })
		log, _, err := a.logger(s)
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range []slog.Level{slog.LevelDebug, slog.LevelInfo, slog.LevelWarn, slog.LevelError} {
			log.Log(t.Context(), l, "said")
		}
		if got := strings.Count(out.String(), "\n"); got != want {
			t.Errorf("%s: %d lines, want %d", level, got, want)
		}
	}
}

func TestALogFileIsSetAsideAndTheOldestGo(t *testing.T) {
	path := filepath.Join(t.TempDir(), "tonghop.log")
	a, s, out := logging(func(l *settings.Log) { l.File, l.MaxSizeMB, l.Keep = path, 1, 2 })
	log, closed, err := a.logger(s)
	if err != nil {
		t.Fatal(err)
	}
	filler := strings.Repeat("x", 700<<10)
	for range 5 {
		log.Info("said", "filler", filler)
	}
	if err := closed(); err != nil {
		t.Fatal(err)
	}
	// The oldest are removed beside the writing.
	var entries []os.DirEntry
	for give := time.Now().Add(20 * time.Second); len(entries) != 3 && time.Now().Before(give); runtime.Gosched() {
		if entries, err = os.ReadDir(filepath.Dir(path)); err != nil {
			t.Fatal(err)
		}
	}
	if len(entries) != 3 || out.Len() > 0 {
		t.Errorf("%d files, %d bytes on standard error", len(entries), out.Len())
	}
	for _, e := range entries {
		info, err := e.Info()
		if err != nil {
			t.Fatal(err)
		}
		if info.Size() > 1<<20 || info.Mode().Perm()&0o007 != 0 {
			t.Errorf("%s: %d bytes, %v", e.Name(), info.Size(), info.Mode())
		}
	}
}

func TestALogThatCannotBeWrittenIsToldAtTheStart(t *testing.T) {
	a, s, _ := logging(func(l *settings.Log) { l.File = filepath.Join(t.TempDir(), "none", "tonghop.log") })
	var known *failure
	if _, _, err := a.logger(s); !errors.As(err, &known) || known.key != "log_file" {
		t.Errorf("%v", err)
	}
}
