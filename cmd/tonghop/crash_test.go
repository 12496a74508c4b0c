package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"

	"tonghop/cmd/tonghop/settings"
	"tonghop/pipeline"
	"tonghop/pipeline/atomicfile"
	"tonghop/pipeline/period"
)

// dieBefore names, to a command that a test starts, the step of its writing before
// which it is killed, from 1; in the middle of it where the step writes.
const dieBefore = "TONGHOP_TEST_DIE_BEFORE"

// faults lets a command die, or lets it be recorded, where the environment asks
// for it.
func faults() {
	if at, err := strconv.Atoi(os.Getenv(dieBefore)); err == nil {
		steps := 0
		atomicfile.BeforeStep = inTurn(func(s atomicfile.Step) {
			if steps++; steps == at {
				dieIn(s)
			}
		})
	}
	if dir := os.Getenv(recordIn); dir != "" {
		atomicfile.BeforeStep = inTurn(newRecorder(dir, os.Getenv(recordRoot)).before)
	}
}

// inTurn tells of the steps one after the other: answers are written side by side.
func inTurn(tell func(atomicfile.Step)) func(atomicfile.Step) {
	var guard sync.Mutex
	return func(s atomicfile.Step) {
		guard.Lock()
		defer guard.Unlock()
		tell(s)
	}
}

// dieIn ends the process as kill -9 does, half of a write being done.
func dieIn(s atomicfile.Step) {
	if len(s.Data) > 0 {
		if file, err := os.OpenFile(s.Path, os.O_WRONLY|os.O_APPEND, 0); err == nil {
			_, _ = file.Write(s.Data[:len(s.Data)/2])
		}
	}
	myself, err := os.FindProcess(os.Getpid())
	if err == nil {
		err = myself.Kill()
	}
	panic(fmt.Sprintf("did not die: %v", err))
}

// juneRun are the arguments of the run of an office at an instant that stands.
func juneRun(office string) []string {
	return []string{"run", "--period", "2025-06", "--config", filepath.Join(office, settings.DefaultFile)}
}

var juneNow = time.Date(2025, 6, 21, 9, 0, 0, 0, hanoi)

// process is a command as a process of its own, with more in its environment.
func process(args []string, environment ...string) *exec.Cmd {
	cmd := exec.Command("tonghop", args...)
	cmd.Env = append(append(os.Environ(), "NOW="+juneNow.Format(time.RFC3339)), environment...)
	return cmd
}

// runs makes June in this process, and fails the test where it is not made.
func runs(t *testing.T, office string) {
	t.Helper()
	var said bytes.Buffer
	if code := run(context.Background(), juneRun(office), io.Discard, &said, func() time.Time { return juneNow }); code != exitOK {
		t.Fatalf("exit code %d\n%s", code, said.String())
	}
}

// contents are the files of a folder by their names.
func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		name, _ := filepath.Rel(dir, path)
		files[name] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// heals makes June again in an office that was stopped, and asks that it then is
// what an undisturbed one is.
func heals(t *testing.T, office, undisturbed string) {
	t.Helper()
	runs(t, office)
	got, want := contents(t, filepath.Join(office, "outputs")), contents(t, filepath.Join(undisturbed, "outputs"))
	for name, data := range want {
		if got[name] != data {
			t.Errorf("outputs/%s: %d bytes, undisturbed %d", name, len(got[name]), len(data))
		}
		delete(got, name)
	}
	for name := range got {
		t.Errorf("outputs/%s: an undisturbed run has none", name)
	}
	noLeftovers(t, office)
	looked, err := (&pipeline.Pipeline{Outputs: filepath.Join(office, "outputs"), State: filepath.Join(office, "state")}).CheckLedger(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range looked.Problems {
		t.Errorf("ledger check: %s %s %s", p.Fault, p.Name, p.Detail)
	}
}

// crashPhase is what is disturbed, always in the same folder: the definitions'
// path is in the manifest.
type crashPhase struct {
	name          string
	before, after string // the office before it, and after an undisturbed run
	run           recording
	office        string // where it is played
}

// crashPhases are an office's first run, and the next one, when another report has
// come.
func crashPhases(t *testing.T) []crashPhase {
	t.Helper()
	office := filepath.Join(t.TempDir(), "office")
	first := crashPhase{name: "first", before: leastOffice(t), office: office}
	reports(t, first.before, "X-1")
	first.record(t)
	change := crashPhase{name: "change", before: t.TempDir(), office: office}
	copied(t, change.before, first.after)
	reports(t, change.before, "X-2")
	change.record(t)
	return []crashPhase{first, change}
}

// reports lets a unit report for June.
func reports(t *testing.T, office, unit string) {
	t.Helper()
	june := period.Month{Year: 2025, Number: time.June}
	handIn(t, atWork(t, office, func() time.Time { return juneNow }), june, unit, settledAt)
}

func (p *crashPhase) record(t *testing.T) {
	t.Helper()
	p.begin(t)
	p.run, p.after = recorded(t, p.office), t.TempDir()
	copied(t, p.after, p.office)
}

// begin lays the office out as it is before.
func (p *crashPhase) begin(t *testing.T) {
	t.Helper()
	if err := os.RemoveAll(p.office); err != nil {
		t.Fatal(err)
	}
	copied(t, p.office, p.before)
}

func copied(t *testing.T, to, from string) {
	t.Helper()
	if err := copyTree(to, from); err != nil {
		t.Fatal(err)
	}
}

// places are as many steps out of all as are wanted, spread evenly, the last among
// them; all of them under torture.
func places(all, wanted int) []int {
	if os.Getenv("TONGHOP_TORTURE") != "" || wanted > all {
		wanted = all
	}
	var some []int
	for k := range wanted {
		some = append(some, (k+1)*all/wanted)
	}
	return some
}

// TestKilledAnywhere kills the program at steps of its writing, ten of a first run
// and ten of the next, under TONGHOP_TORTURE=1 at each; and looks at what a power
// cut would have left there. The next run heals it.
func TestKilledAnywhere(t *testing.T) {
	t.Parallel()
	for _, phase := range crashPhases(t) {
		steps := phase.run.steps
		t.Logf("%s: %d steps", phase.name, steps)
		for _, at := range places(steps, 10) {
			t.Run(fmt.Sprintf("%s/%d", phase.name, at), func(t *testing.T) {
				phase.begin(t)
				cmd := process(juneRun(phase.office), dieBefore+"="+strconv.Itoa(at))
				if out, err := cmd.CombinedOutput(); err == nil || cmd.ProcessState.ExitCode() != -1 {
					t.Fatalf("was not killed: %v\n%s", err, out)
				}
				heals(t, phase.office, phase.after)
			})
		}
		for _, at := range places(steps, 3) {
			t.Run(fmt.Sprintf("%s/power/%d", phase.name, at), func(t *testing.T) {
				phase.begin(t)
				phase.run.left(t, at, phase.office)
				heals(t, phase.office, phase.after)
			})
		}
	}
}

// TestKilledAtAnyTime kills the program whenever chance has it, SQLite's writing
// included.
func TestKilledAtAnyTime(t *testing.T) {
	if os.Getenv("TONGHOP_TORTURE") == "" {
		t.Skip("make torture")
	}
	const kills = 200
	seed := uint64(time.Now().UnixNano())
	if given, err := strconv.ParseUint(os.Getenv("TONGHOP_SEED"), 10, 64); err == nil {
		seed = given
	}
	chance := rand.New(rand.NewPCG(seed, 0))
	phases := crashPhases(t)
	killed := 0
	for n := range kills {
		phase := phases[n%len(phases)]
		phase.begin(t)
		cmd := process(juneRun(phase.office))
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(chance.Int64N(int64(phase.run.took) * 5 / 4)))
		_ = cmd.Process.Kill()
		if err := cmd.Wait(); err != nil {
			killed++
		}
		heals(t, phase.office, phase.after)
		if t.Failed() {
			t.Fatalf("kill %d of TONGHOP_SEED=%d", n, seed)
		}
	}
	t.Logf("TONGHOP_SEED=%d: %d of %d runs were killed before they ended, all healed", seed, killed, kills)
}
