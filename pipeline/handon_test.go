package pipeline_test

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"tonghop/pipeline"
	"tonghop/pipeline/dispatch"
	"tonghop/pipeline/notify"
)

// hookFile names the file in which a hook, this very program, notes how it was
// called.
const hookFile = "TONGHOP_TEST_HOOK"

func TestMain(m *testing.M) {
	if path := os.Getenv(hookFile); path != "" && os.Getenv("TONGHOP_PERIOD") != "" {
		os.Exit(hook(path))
	}
	os.Exit(m.Run())
}

func hook(path string) int {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return 2
	}
	defer file.Close()
	if err := json.NewEncoder(file).Encode(append(os.Args[1:], os.Getenv("TONGHOP_PDF"), os.Getenv("TONGHOP_SIGNED"))); err != nil {
		return 2
	}
	if slices.Contains(os.Args, "fail") {
		_, _ = os.Stderr.WriteString("máy in hết giấy\n")
		return 9
	}
	return 0
}

// handing is an office that hands its revisions on.
type handing struct {
	*postOffice
	how  pipeline.HandingOn
	hook string
}

func newHanding(t *testing.T) *handing {
	sideBySide.Store(t, true) // it cannot run beside others, for it sets what all of them have
	h := &handing{postOffice: newPostOffice(t), hook: filepath.Join(t.TempDir(), "called")}
	t.Setenv(hookFile, h.hook)
	h.how = pipeline.HandingOn{
		CopyTo: t.TempDir(), Limit: time.Minute,
		Command: []string{os.Args[0], "{period}", "r{revision}:{signed}", "{folder}", "{pdf}", "{xlsx}", "{ period }", "$HOME; rm"},
	}
	return h
}

func (h *handing) after(at string) pipeline.HandedOn {
	h.t.Helper()
	h.at(at)
	out, err := h.AfterPublication(context.Background(), h.how, h.now)
	if err != nil {
		h.t.Fatal(err)
	}
	return out
}

// called are the calls of the hook so far.
func (h *handing) called() (calls [][]string) {
	h.t.Helper()
	data, err := os.ReadFile(h.hook)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		h.t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		var call []string
		if err := json.Unmarshal([]byte(line), &call); err != nil {
			h.t.Fatal(err)
		}
		calls = append(calls, call)
	}
	return calls
}

// publish publishes the next revision of June.
func (h *handing) publish(at string, name, unit string) {
	h.t.Helper()
	h.at(at).drop(name, unit, 3)
	if out, err := h.runAt(june, h.now); err != nil || out.Unchanged {
		h.t.Fatalf("nothing new: %v", err)
	}
}

func copies(t *testing.T, dir string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func TestARevisionIsHandedOnOnce(t *testing.T) {
	h := newHanding(t)
	h.publish("2025-06-18 07:00", "a.xlsx", "HN-001")
	if out := h.after("2025-06-18 07:01"); len(out.Copied)+len(out.Ran) > 0 {
		t.Errorf("what stood before: %+v", out)
	}
	h.publish("2025-06-18 08:00", "b.xlsx", "HN-002")
	h.publish("2025-06-18 09:00", "c.xlsx", "HN-003")
	out := h.after("2025-06-18 09:01")
	if len(out.Ran) != 2 || out.Ran[0].Revision != 2 || out.Ran[1].Revision != 3 || out.Ran[0].Err != nil {
		t.Fatalf("%+v", out.Ran)
	}
	folder, err := filepath.Abs(filepath.Join(h.Outputs, "2025-06", "revisions", "r3"))
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"2025-06", "r3:false", folder, filepath.Join(folder, "report.pdf"), filepath.Join(folder, "summary.xlsx"), "{ period }", "$HOME; rm",
		filepath.Join(folder, "report.pdf"), "false",
	}
	if calls := h.called(); len(calls) != 2 || !slices.Equal(calls[1], want) {
		t.Errorf("%v", calls)
	}
	if got := copies(t, h.how.CopyTo); !slices.Equal(got, []string{"2025-06-report.pdf", "2025-06-summary.xlsx"}) || len(out.Copied) != 2 {
		t.Errorf("%v, %v", got, out.Copied)
	}
	for _, name := range []string{"report.pdf", "summary.xlsx"} {
		shown, err := os.ReadFile(filepath.Join(folder, name))
		copied, failed := os.ReadFile(filepath.Join(h.how.CopyTo, "2025-06-"+name))
		if err != nil || failed != nil || !slices.Equal(shown, copied) {
			t.Errorf("%s is not that of r3: %v, %v", name, err, failed)
		}
	}
	if _, err := h.RebuildLedger(context.Background()); err != nil {
		t.Fatal(err)
	}
	if out := h.after("2025-06-18 09:02"); len(out.Copied)+len(out.Ran) > 0 || len(h.called()) != 2 {
		t.Errorf("twice: %+v", out)
	}
}

func TestAHookThatFailsUndoesNothingAndIsNotRunAgain(t *testing.T) {
	h := newHanding(t)
	h.how.Command = []string{os.Args[0], "fail"}
	h.after("2025-06-18 06:00") // before anything was published
	h.publish("2025-06-18 07:00", "a.xlsx", "HN-001")
	out := h.after("2025-06-18 07:01")
	var failed *notify.CommandError
	if len(out.Ran) != 1 || !errors.As(out.Ran[0].Err, &failed) || failed.Code != 9 || out.Ran[0].Output != "máy in hết giấy" {
		t.Fatalf("%+v", out.Ran)
	}
	if out := h.after("2025-06-18 07:02"); len(out.Ran) > 0 || len(h.called()) != 1 {
		t.Errorf("run again: %+v", out)
	}
	if found, err := h.CheckLedger(context.Background()); err != nil || len(found.Problems) > 0 || found.Publications != 1 {
		t.Errorf("%+v, %v", found, err)
	}
	h.publish("2025-06-18 08:00", "b.xlsx", "HN-002")
	h.noted(dispatch.Dispatch{
		Key: dispatch.Key{Kind: dispatch.Command, Period: "2025-06", Thing: "r2"}, State: dispatch.Sending, At: h.now, FirstAt: h.now,
	})
	if out := h.after("2025-06-18 08:01"); len(out.Interrupted) != 1 || len(out.Ran) > 0 {
		t.Errorf("what was running when the program was stopped: %+v", out)
	}
	if out := h.after("2025-06-18 08:02"); len(out.Interrupted)+len(out.Ran) > 0 {
		t.Errorf("told twice: %+v", out)
	}
}

func TestACopyWaitsForItsFolder(t *testing.T) {
	h := newHanding(t)
	h.how.Command, h.how.CopyTo = nil, filepath.Join(t.TempDir(), "share")
	h.after("2025-06-18 06:00")
	h.publish("2025-06-18 07:00", "a.xlsx", "HN-001")
	if out := h.after("2025-06-18 07:01"); len(out.Delayed) != 1 || len(out.Copied) > 0 {
		t.Errorf("%+v", out)
	}
	if out := h.after("2025-06-18 07:02"); len(out.Delayed)+len(out.Copied) > 0 {
		t.Errorf("told twice: %+v", out)
	}
	if _, err := os.Stat(h.how.CopyTo); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a share that is away became a folder: %v", err)
	}
	if err := os.Mkdir(h.how.CopyTo, 0o755); err != nil {
		t.Fatal(err)
	}
	if out := h.after("2025-06-18 07:03"); len(out.Copied) != 2 {
		t.Errorf("%+v", out)
	}
}
