package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tonghop/cmd/tonghop/machine"
	"tonghop/pipeline/ledger"
)

// office is an initialised folder with a ledger in which a file was first seen at
// an instant; it gives the settings' file.
func office(t *testing.T, seen time.Time, settings string) string {
	t.Helper()
	dir := t.TempDir()
	var out bytes.Buffer
	if code := run(t.Context(), []string{"init", dir}, &out, &out, time.Now); code != exitOK {
		t.Fatal(out.String())
	}
	path := filepath.Join(dir, "own.yaml")
	if err := os.WriteFile(path, []byte("state: state\ncatalogue: templates/hanoi\n"+settings), 0o644); err != nil {
		t.Fatal(err)
	}
	book, err := ledger.Open(t.Context(), filepath.Join(dir, "state", "ledger.db"))
	if err != nil {
		t.Fatal(err)
	}
	data := []byte("a report")
	sum := sha256.Sum256(data)
	hash := hex.EncodeToString(sum[:])
	file := ledger.Received{SHA256: hash, Path: "a.xlsx", Size: int64(len(data)), FirstSeen: seen, ReceivedAt: seen, ReceivedFrom: "file-time"}
	if err := errors.Join(book.Keep(hash, data), book.Receive(t.Context(), []ledger.Received{file}), book.Close()); err != nil {
		t.Fatal(err)
	}
	return path
}

// diagnosed gives what doctor says at an instant, by check.
func diagnosed(t *testing.T, config string, now time.Time) map[string]diagnosis {
	t.Helper()
	var out, errs bytes.Buffer
	run(t.Context(), []string{"doctor", "--json", "--lang", "en", "--config", config}, &out, &errs, func() time.Time { return now })
	var said struct{ Checks []diagnosis }
	if err := json.Unmarshal(out.Bytes(), &said); err != nil {
		t.Fatalf("%v: %s%s", err, out.String(), errs.String())
	}
	if len(said.Checks) != len(checks) {
		t.Fatalf("%d checks", len(said.Checks))
	}
	all := map[string]diagnosis{}
	for _, d := range said.Checks {
		if d.Standing != standsOK && d.Remedy == "" && d.Standing != standsUnchecked {
			t.Errorf("%s says no remedy", d.Check)
		}
		if strings.Contains(d.Message+d.Remedy, "⟦") {
			t.Errorf("%s: %q, %q", d.Check, d.Message, d.Remedy)
		}
		all[d.Check] = d
	}
	return all
}

var (
	seen     = time.Date(2025, 6, 17, 9, 0, 0, 0, time.UTC)
	programs = func() time.Time { // the test binary's own time, which is after seen
		path, err := os.Executable()
		if err != nil {
			panic(err)
		}
		info, err := os.Stat(path)
		if err != nil {
			panic(err)
		}
		return info.ModTime()
	}()
)

func TestDoctorAndTheClock(t *testing.T) {
	config := office(t, seen, "")
	for name, c := range map[string]struct {
		now  time.Time
		want standing
		says string
	}{
		"as it should be":         {programs.Add(time.Hour), standsOK, "Asia/Ho_Chi_Minh"},
		"before the program":      {programs.Add(-48 * time.Hour), standsWarning, "before this program was made"},
		"before the last receipt": {seen.Add(-time.Hour), standsFailed, "16:00 on 17 June 2025"},
		"within the slack":        {seen.Add(-time.Minute), standsWarning, "before this program"},
	} {
		if got := diagnosed(t, config, c.now)["clock"]; got.Standing != c.want || !strings.Contains(got.Message, c.says) {
			t.Errorf("%s: %s, %s", name, got.Standing, got.Message)
		}
	}
}

// A period that the schedule found nothing for is not made again: files that have
// come for it since are told.
func TestDoctorAndWhatTheSchedulePassedOver(t *testing.T) {
	config := office(t, seen, "")
	now := programs.Add(time.Hour)
	book, err := ledger.Open(t.Context(), filepath.Join(filepath.Dir(config), "state", "ledger.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	due := ledger.Due{Period: "2025-06", At: seen, Attempts: 1, Tried: seen, Outcome: ledger.DueNothing}
	if err := book.RecordDue(t.Context(), due); err != nil {
		t.Fatal(err)
	}
	if d := diagnosed(t, config, now)["schedule"]; d.Standing != standsOK {
		t.Errorf("no file of June: %+v", d)
	}
	sum := sha256.Sum256([]byte("a report"))
	file := ledger.Received{
		SHA256: hex.EncodeToString(sum[:]), Path: "b.xlsx", Size: 8, FirstSeen: seen, ReceivedAt: seen, ReceivedFrom: "file-time",
		Unit: "HN-001", Period: "2025-06",
	}
	if err := book.Receive(t.Context(), []ledger.Received{file}); err != nil {
		t.Fatal(err)
	}
	if d := diagnosed(t, config, now)["schedule"]; d.Standing != standsWarning || len(d.Details) != 1 || !strings.Contains(d.Details[0], "1 file of the period") {
		t.Errorf("%+v", d)
	}
}

func TestDoctorAndTheCalendar(t *testing.T) {
	config := office(t, seen, "")
	for at, want := range map[string]string{"2025-06-18": "ok", "2025-11-02": "warning 2026", "2027-03-01": "warning 2027"} {
		now, err := time.Parse(time.DateOnly, at)
		if err != nil {
			t.Fatal(err)
		}
		d := diagnosed(t, config, now)["calendar"]
		if got := string(d.Standing); !strings.HasPrefix(want, got) || !strings.Contains(d.Message, strings.TrimPrefix(want, got+" ")) && got != "ok" {
			t.Errorf("on %s: %s %s, want %s", at, got, d.Message, want)
		}
	}
}

func TestDoctorAndTheBackup(t *testing.T) {
	config := office(t, seen, "backup: saved\n")
	saved := filepath.Join(filepath.Dir(config), "saved")
	expect := func(now time.Time, want standing, says string) {
		t.Helper()
		if got := diagnosed(t, config, now)["backup"]; got.Standing != want || !strings.Contains(got.Message, says) {
			t.Errorf("%s, %s", got.Standing, got.Message)
		}
	}
	expect(seen, standsWarning, "there is no backup folder")
	for _, name := range []string{saved, filepath.Join(saved, "tonghop-2025-04-01-120000"), filepath.Join(saved, "tonghop-other")} {
		if err := os.Mkdir(name, 0o755); err != nil {
			t.Fatal(err)
		}
		if name == saved {
			expect(seen, standsWarning, "no copy")
		}
	}
	expect(seen, standsWarning, "of 12:00 on 1 April 2025")
	expect(seen.AddDate(0, -2, 0), standsOK, "1 April 2025")
	if err := os.Mkdir(filepath.Join(saved, "tonghop-2025-06-18-080000-2"), 0o755); err != nil {
		t.Fatal(err)
	}
	expect(seen.AddDate(1, 0, 0), standsOK, "of 08:00 on 18 June 2025") // nothing has come since
}

func TestDoctorAndTheLock(t *testing.T) {
	config := office(t, seen, "")
	state := filepath.Join(filepath.Dir(config), "state")
	if got := diagnosed(t, config, seen)["lock"].Message; !strings.Contains(got, "nobody holds it") {
		t.Error(got)
	}
	lock, err := ledger.Acquire(t.Context(), state, 0)
	if err != nil {
		t.Fatal(err)
	}
	d := diagnosed(t, config, seen)
	if got := d["lock"]; got.Standing != standsOK || !strings.Contains(got.Message, "a run holds it") {
		t.Errorf("held: %+v", got)
	}
	holder, err := os.ReadFile(filepath.Join(state, "lock.holder"))
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(lock.Release(), os.WriteFile(filepath.Join(state, "lock.holder"), holder, 0o600)); err != nil {
		t.Fatal(err)
	}
	if got := diagnosed(t, config, seen)["lock"]; got.Standing != standsOK || !strings.Contains(got.Message, "harms nothing") {
		t.Errorf("stale: %+v", got)
	}
}

// A run that was killed leaves what was written ahead; another that is at work has
// the same, and is none of doctor's business.
func TestDoctorAfterAnUncleanStop(t *testing.T) {
	config := office(t, seen, "")
	state := filepath.Join(filepath.Dir(config), "state")
	journal := filepath.Join(state, "journal.jsonl")
	whole, err := os.ReadFile(journal)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(journal, append(whole, `{"half`...), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := diagnosed(t, config, seen)["ledger"]; got.Standing != standsWarning || !strings.Contains(got.Message, "stopped in the middle") {
		t.Errorf("%+v", got)
	}
	lock, err := ledger.Acquire(t.Context(), state, 0)
	if err != nil {
		t.Fatal(err)
	}
	if got := diagnosed(t, config, seen)["ledger"]; got.Standing != standsOK {
		t.Errorf("while held: %+v", got)
	}
	if err := lock.Release(); err != nil {
		t.Fatal(err)
	}
}

func TestDoctorOnAStateInMemory(t *testing.T) {
	const memory = "/dev/shm"
	if d, err := machine.DiskOf(memory); err != nil || d.Kind != machine.Memory {
		t.Skip("no file system in memory")
	}
	dir, err := os.MkdirTemp(memory, "tonghop")
	if err != nil {
		t.Skip(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	config := filepath.Join(t.TempDir(), "tonghop.yaml")
	if err := os.WriteFile(config, []byte("state: "+filepath.Join(dir, "a", "b")+"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if got := diagnosed(t, config, seen)["disk"]; got.Standing != standsFailed || !strings.Contains(got.Message, "tmpfs") {
		t.Errorf("%+v", got)
	}
	if _, err := os.Stat(filepath.Join(dir, "a")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("doctor made a folder: %v", err)
	}
}

func TestDoctorWithoutRights(t *testing.T) {
	if machine.Privileged() {
		t.Skip("rights do not bind who runs this test; the service's account is tried in docs/install.md")
	}
	config := office(t, seen, "")
	for folder, check := range map[string]string{"inputs": "inputs", "outputs": "outputs"} {
		path := filepath.Join(filepath.Dir(config), folder)
		if err := os.Chmod(path, 0); err != nil {
			t.Fatal(err)
		}
		if got := diagnosed(t, config, seen)[check]; got.Standing != standsFailed {
			t.Errorf("%+v", got)
		}
		if err := os.Chmod(path, 0o755); err != nil {
			t.Fatal(err)
		}
	}
}

func TestDoctorAndTheEndpoint(t *testing.T) {
	answer, status := `{"status":"ok","version":"0.1.0","reasons":[]}`, http.StatusOK
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(status)
		_, _ = w.Write([]byte(answer))
	}))
	address := server.Listener.Addr().String()
	config := office(t, seen, "listen: "+address+"\n")
	expect := func(want standing, says string) {
		t.Helper()
		if got := diagnosed(t, config, seen)["listen"]; got.Standing != want || !strings.Contains(got.Message, says) {
			t.Errorf("%+v", got)
		}
	}
	expect(standsOK, "version 0.1.0")
	answer, status = `{"status":"failing","version":"0.1.0","reasons":[{"reason":"run-failed","detail":"disk full\u001b[2J"}]}`, http.StatusServiceUnavailable
	expect(standsWarning, "not well")
	answer = "hello"
	expect(standsFailed, "another program")
	server.CloseClientConnections()
	server.Close()
	expect(standsOK, "is free")
}
