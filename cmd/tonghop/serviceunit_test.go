package main

import (
	"context"
	"errors"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"tonghop/cmd/tonghop/settings"
)

var update = flag.Bool("update", false, "rewrite the goldens")

func installed(dir string, log string) installation {
	s := settings.Default()
	s.Inputs, s.Outputs, s.State, s.Backup, s.Log.File = "/srv/share/inputs", dir+"/outputs", dir+"/state", "/mnt/saved", log
	in, err := newInstallation("tonghop", "tonghop", "/usr/local/bin/tonghop", dir+"/tonghop.yaml", s)
	if err != nil {
		panic(err)
	}
	return in
}

func TestUnit(t *testing.T) {
	golden := filepath.Join("testdata", "tonghop.service")
	got := installed("/srv/tonghop", "/var/log/tonghop/tonghop.log").unit()
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// Whatever a folder is called, it is that folder and no directive, specifier or
// variable.
func TestUnitsPathsAreEscaped(t *testing.T) {
	unit := installed(`/srv/Bộ phận "A" 100% $HOME \n`, "").unit()
	for _, want := range []string{
		`ReadWritePaths="/srv/Bộ phận \"A\" 100%% $HOME \\n/outputs" "/srv/Bộ phận \"A\" 100%% $HOME \\n/state" "/mnt/saved"`,
		`WorkingDirectory=/srv/Bộ phận "A" 100%% $HOME \n`,
		`ExecStart="/usr/local/bin/tonghop" serve --config "/srv/Bộ phận \"A\" 100%% $$HOME \\n/tonghop.yaml"`,
	} {
		if !strings.Contains(unit, "\n"+want+"\n") {
			t.Errorf("lacks %s in\n%s", want, unit)
		}
	}
	for _, path := range []string{"/srv/a\nExecStartPre=/bin/sh", "/srv/a ", "/srv/a\r"} {
		in := installed("/srv", "")
		in.Writes = append(in.Writes, path)
		if got, bad := in.unwritable(); !bad || got != path {
			t.Errorf("%q passes", path)
		}
	}
	if path, bad := installed("/srv/Bộ phận \"A\"", "").unwritable(); bad {
		t.Errorf("%q does not pass", path)
	}
}

// Where answers lie beside what was sent, the inputs are written to.
func TestUnitWithAnswersBeside(t *testing.T) {
	s := settings.Default()
	s.Inputs, s.Outputs, s.State, s.Feedback = "/srv/in", "/srv/out", "/srv/state", settings.FeedbackBeside
	in, err := newInstallation("tonghop", "tonghop", "/usr/local/bin/tonghop", "/srv/tonghop.yaml", s)
	if err != nil {
		t.Fatal(err)
	}
	if unit := in.unit(); strings.Contains(unit, "ReadOnlyPaths") || !strings.Contains(unit, `"/srv/in"`+"\nPrivateTmp") {
		t.Error(unit)
	}
}

// Reports are copied to a folder that the service may write to, and the program
// that is run with each is not bound by what only this one can do without.
func TestUnitWithCopiesAndAProgram(t *testing.T) {
	s := settings.Default()
	s.Inputs, s.Outputs, s.State, s.CopyPublishedTo = "/srv/in", "/srv/out", "/srv/state", "/mnt/share"
	for _, command := range [][]string{nil, {"/usr/local/bin/web", "{pdf}"}} {
		s.OnPublished = command
		in, err := newInstallation("tonghop", "tonghop", "/usr/local/bin/tonghop", "/srv/tonghop.yaml", s)
		if err != nil {
			t.Fatal(err)
		}
		unit := in.unit()
		if !strings.Contains(unit, `ReadWritePaths="/srv/out" "/srv/state" "/mnt/share"`) {
			t.Error(unit)
		}
		for _, directive := range []string{"\nMemoryDenyWriteExecute=", "\nSystemCallFilter="} {
			if bound := strings.Contains(unit, directive); bound != (command == nil) {
				t.Errorf("with the command %q:\n%s", command, unit)
			}
		}
	}
}

func TestHomesAreHiddenUnlessNeeded(t *testing.T) {
	for dir, want := range map[string]string{"/srv/tonghop": "yes", "/home/lan/tonghop": "read-only", "/homestead": "yes", "/root/t": "read-only"} {
		if unit := installed(dir, "").unit(); !strings.Contains(unit, "\nProtectHome="+want+"\n") {
			t.Errorf("%s: want %s in\n%s", dir, want, unit)
		}
	}
}

// systemd itself reads the unit, and says how far the service is shut in.
func TestSystemdTakesTheUnit(t *testing.T) {
	analyze, err := exec.LookPath("systemd-analyze")
	if err != nil {
		t.Skip("systemd-analyze is not installed")
	}
	dir := t.TempDir()
	program := filepath.Join(dir, "tong hop 100%")
	if err := os.WriteFile(program, []byte("#!/bin/sh\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	in := installed(dir, "")
	in.Program, in.User = program, "root"
	path := filepath.Join(dir, "tonghop.service")
	if err := os.WriteFile(path, []byte(in.unit()), 0o644); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(analyze, "verify", "--man=no", path).CombinedOutput()
	if err != nil || strings.Contains(string(out), "tonghop.service:") {
		t.Errorf("verify: %v\n%s", err, out)
	}
	out, err = exec.Command(analyze, "security", "--offline=true", "--no-pager", "--threshold=20", path).CombinedOutput()
	if err != nil && strings.Contains(string(out), "unrecognized option") {
		t.Skip("systemd-analyze is too old to judge a unit that is not installed")
	}
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	t.Log(lines[len(lines)-1])
	if err != nil {
		t.Errorf("security: %v\n%s", err, out)
	}
}

// The Windows service, by its keeper's own calls: it stops when it is told to, and
// work that ends by itself ends the program.
func TestManagedService(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	exits := make(chan error, 2)
	m := &managed{
		work: func() error { <-ctx.Done(); return ctx.Err() },
		stop: stop, done: make(chan error, 1), exit: func(err error) { exits <- err },
	}
	if err := errors.Join(m.Start(nil), m.Stop(nil)); err != nil {
		t.Errorf("stopped: %v", err)
	}
	if err := <-exits; !errors.Is(err, context.Canceled) {
		t.Errorf("the work ended with %v", err)
	}
	broken := errors.New("disk full")
	m = &managed{work: func() error { return broken }, stop: func() {}, done: make(chan error, 1), exit: func(err error) { exits <- err }}
	if err := m.Start(nil); err != nil {
		t.Fatal(err)
	}
	if err := <-exits; !errors.Is(err, broken) {
		t.Errorf("exits with %v", err)
	}
	if err := m.Stop(nil); !errors.Is(err, broken) {
		t.Errorf("stopped with %v", err)
	}
}

// Elsewhere than under Windows' keeper the work is simply done.
func TestWorkThatNobodyManages(t *testing.T) {
	want := errors.New("disk full")
	if err := new(app).asService(t.Context(), func(context.Context) error { return want }); !errors.Is(err, want) {
		t.Errorf("%v", err)
	}
}

// A unit with a temporary or a missing folder is not installed; nothing is tried.
func TestInstallLooksFirst(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("units are for systemd")
	}
	for name, c := range map[string]struct {
		in   installation
		want string
	}{
		"temporary": {installed("/tmp/office", ""), "service_emptied"},
		"missing":   {installed("/srv/no-such-office", ""), "service_folder"},
		"nobody":    {installation{Name: "tonghop", User: "no-such-user", Program: "/usr/bin/env", Settings: "/etc/hosts"}, "service_user"},
	} {
		var known *failure
		if err := new(app).install(c.in); !errors.As(err, &known) || known.key != c.want {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
}

func TestWindowsService(t *testing.T) {
	in := installation{Name: "tonghop", User: windowsUser + "tonghop", Program: `C:\Program Files\tonghop\tonghop.exe`, Settings: `D:\tonghop\tonghop.yaml`}
	for _, want := range []string{`"C:\Program Files\tonghop\tonghop.exe" serve --config "D:\tonghop\tonghop.yaml"`, `NT SERVICE\tonghop`, "DELAYED"} {
		if got := in.windows(); !strings.Contains(got, want) {
			t.Errorf("lacks %s in\n%s", want, got)
		}
	}
}
