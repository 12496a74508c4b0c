package main

import (
	"bufio"
	"bytes"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"tonghop/cmd/tonghop/settings"
)

// served is a service that runs as a process of its own, and what it has logged.
type served struct {
	t   *testing.T
	cmd *exec.Cmd

	mu    sync.Mutex
	more  *sync.Cond
	lines []string
	ended bool
}

// patience is how long something may take on a machine with other work to do.
const patience = 90 * time.Second

// serveIn starts the real binary in an office's folder, by a clock that begins at
// an instant.
func serveIn(t *testing.T, office string, clock time.Time) *served {
	t.Helper()
	s := &served{t: t, cmd: exec.Command("tonghop", "serve", "--lang", "en")}
	s.more = sync.NewCond(&s.mu)
	s.cmd.Dir = office
	s.cmd.Env = append(os.Environ(), goingClock+"="+clock.Format(time.RFC3339))
	log, err := s.cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.cmd.Process.Kill(); _ = s.cmd.Wait() })
	go func() {
		for lines := bufio.NewScanner(log); lines.Scan(); {
			s.mu.Lock()
			s.lines = append(s.lines, lines.Text())
			s.more.Broadcast()
			s.mu.Unlock()
		}
		s.mu.Lock()
		s.ended = true
		s.more.Broadcast()
		s.mu.Unlock()
	}()
	return s
}

// says waits for a line of the log.
func (s *served) says(pattern string) string {
	s.t.Helper()
	wanted := regexp.MustCompile(pattern)
	late := time.AfterFunc(patience, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.ended = true
		s.more.Broadcast()
	})
	defer late.Stop()
	s.mu.Lock()
	defer s.mu.Unlock()
	for from := 0; ; s.more.Wait() {
		for ; from < len(s.lines); from++ {
			if wanted.MatchString(s.lines[from]) {
				return s.lines[from]
			}
		}
		if s.ended {
			s.t.Fatalf("the service never said %s; it said:\n%s", pattern, strings.Join(s.lines, "\n"))
		}
	}
}

// said counts lines so far.
func (s *served) said(pattern string) int {
	wanted := regexp.MustCompile(pattern)
	s.mu.Lock()
	defer s.mu.Unlock()
	n := 0
	for _, line := range s.lines {
		if wanted.MatchString(line) {
			n++
		}
	}
	return n
}

// stop ends the service as a service manager does.
func (s *served) stop() {
	s.t.Helper()
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		s.t.Fatal(err)
	}
	if err := s.cmd.Wait(); err != nil {
		s.t.Fatalf("the service did not end well: %v\n%s", err, strings.Join(s.lines, "\n"))
	}
}

// kill ends it as a power cut does.
func (s *served) kill() {
	s.t.Helper()
	if err := s.cmd.Process.Kill(); err != nil {
		s.t.Fatal(err)
	}
	_ = s.cmd.Wait()
}

// newOfficeFolder is a folder with settings for a service that looks often.
func newOfficeFolder(t *testing.T, more string) string {
	t.Helper()
	dir := t.TempDir()
	text := "inputs: inputs\noutputs: outputs\nstate: state\nwatch: {every: 1s, settle: 1s}\nlog: {level: debug}\n" + more
	for _, err := range []error{
		os.Mkdir(filepath.Join(dir, "inputs"), 0o755),
		os.WriteFile(filepath.Join(dir, settings.DefaultFile), []byte(text), 0o644),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// sample is one of the sample submissions.
func sample(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(repository(), "inputs", filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func drop(t *testing.T, path string, data []byte) {
	t.Helper()
	if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, data, 0o644)); err != nil {
		t.Fatal(err)
	}
}

// hanoi is the zone of the default settings.
var hanoi = time.FixedZone("+07", 7*60*60)

// A month of a service: files come while it runs, whole, slowly, half and renamed;
// it is killed, misses a month and makes what it owes once.
func TestAServiceMindsTheOffice(t *testing.T) {
	t.Parallel()
	office := newOfficeFolder(t, "")
	inputs := filepath.Join(office, "inputs")
	due := time.Date(2025, 6, 18, 7, 0, 0, 0, hanoi) // a working day after the deadline of June
	s := serveIn(t, office, due.Add(-time.Minute))
	s.says(`msg="next consolidation" period=2025-06`)

	drop(t, filepath.Join(inputs, "2025-06", "ba-dinh.xlsx"), sample(t, "2025-06/ba-dinh.xlsx"))
	s.says(`received.*file=2025-06/ba-dinh.xlsx unit=HN-001`)

	// A copy that comes slowly is not read before it is whole.
	slow := sample(t, "2025-06/cau-giay.xlsx")
	path := filepath.Join(inputs, "2025-06", "cau-giay.xlsx")
	for n := range 6 {
		drop(t, path, slow[:len(slow)*(n+1)/6])
		looked := s.said(`still changing.*cau-giay`)
		for s.said(`still changing.*cau-giay`) == looked && n < 5 {
			s.says(`still changing.*cau-giay`)
		}
	}
	s.says(`received.*file=2025-06/cau-giay.xlsx unit=\S+`)
	if n := s.said(`received.*cau-giay`); n != 1 {
		t.Errorf("the slow copy was received %d times", n)
	}

	// Half a file is answered as what it is; the whole one takes its place.
	half := sample(t, "2025-06/dong-da.xlsx")
	drop(t, filepath.Join(inputs, "2025-06", "dong-da.xlsx"), half[:len(half)/2])
	s.says(`received.*file=2025-06/dong-da.xlsx unit=""`)
	drop(t, filepath.Join(inputs, "2025-06", "dong-da.xlsx.part"), half)
	if err := os.Rename(filepath.Join(inputs, "2025-06", "dong-da.xlsx.part"), filepath.Join(inputs, "2025-06", "dong-da.xlsx")); err != nil {
		t.Fatal(err)
	}
	s.says(`received.*file=2025-06/dong-da.xlsx unit=HN-`)
	answers, err := filepath.Glob(filepath.Join(office, "outputs", "2025-06", "feedback", "HN-*.xlsx"))
	if err != nil || len(answers) != 3 {
		t.Errorf("%d answers, want 3: %v", len(answers), answers)
	}
	s.kill()

	// It comes back after the day has come, and is owed the month.
	s = serveIn(t, office, due.Add(2*time.Hour))
	s.says(`consolidated period=2025-06 due=2025-06-18T07:00:00\S* outcome=published revision=1`)
	s.says(`next consolidation`)
	s.stop()

	// Away for two months for which nobody reported.
	s = serveIn(t, office, time.Date(2025, 9, 10, 9, 0, 0, 0, hanoi))
	s.says(`consolidated period=2025-07 .*outcome=nothing`)
	s.says(`consolidated period=2025-08 .*outcome=nothing`)
	s.stop()
	if n := s.said(`consolidated period=2025-06`); n != 0 {
		t.Error("June was made twice")
	}
	s = serveIn(t, office, time.Date(2025, 9, 10, 10, 0, 0, 0, hanoi))
	s.says(`next consolidation`)
	s.stop()
	if n := s.said(`consolidated`); n != 0 {
		t.Errorf("%d runs that nobody was owed", n)
	}
	noLeftovers(t, office)
}

// noLeftovers looks for what only a half-done write leaves.
func noLeftovers(t *testing.T, dir string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if strings.HasSuffix(path, ".tmp") {
			t.Errorf("left over: %s", path)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

// A second service is refused; commands work beside the first.
func TestASecondServiceIsRefused(t *testing.T) {
	t.Parallel()
	office := newOfficeFolder(t, "")
	clock := time.Date(2025, 6, 17, 8, 0, 0, 0, hanoi)
	first := serveIn(t, office, clock)
	first.says("service started")
	second := exec.Command("tonghop", "serve")
	second.Dir = office
	out, err := second.CombinedOutput()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != exitLocked || !bytes.Contains(out, []byte("dịch vụ")) {
		t.Errorf("a second service: %v\n%s", err, out)
	}
	drop(t, filepath.Join(office, "inputs", "ba-dinh.xlsx"), sample(t, "2025-06/ba-dinh.xlsx"))
	first.says(`received`)
	beside := exec.Command("tonghop", "run", "--period", "2025-06", "--as-of", "2025-06-18")
	beside.Dir = office
	if out, err := beside.CombinedOutput(); err != nil {
		t.Errorf("run beside the service: %v\n%s", err, out)
	}
	first.stop()
}

// What goes wrong while it runs is told once, waited out, and told to be over.
func TestAServiceOutlastsTroubles(t *testing.T) {
	t.Parallel()
	office := newOfficeFolder(t, "")
	inputs, config := filepath.Join(office, "inputs"), filepath.Join(office, settings.DefaultFile)
	s := serveIn(t, office, time.Date(2025, 6, 17, 8, 0, 0, 0, hanoi))
	drop(t, filepath.Join(inputs, "ba-dinh.xlsx"), sample(t, "2025-06/ba-dinh.xlsx"))
	s.says(`received.*ba-dinh`)

	// The share is away, then shows an empty folder, then is back.
	away := inputs + " away"
	rename(t, inputs, away)
	s.says(`does not work.*step=inputs`)
	if err := os.Mkdir(inputs, 0o755); err != nil {
		t.Fatal(err)
	}
	s.says(`does not work.*step=receive.*none of the`)
	if err := os.Remove(inputs); err != nil {
		t.Fatal(err)
	}
	rename(t, away, inputs)
	drop(t, filepath.Join(inputs, "cau-giay.xlsx"), sample(t, "2025-06/cau-giay.xlsx"))
	s.says(`works again.*step=receive`)
	s.says(`received.*cau-giay`)

	// Settings that do not load stop all work until they do.
	good, err := os.ReadFile(config)
	if err != nil {
		t.Fatal(err)
	}
	drop(t, config, append(good, "sched: 3\n"...))
	s.says(`does not work.*step=settings.*detail=.*sched`)
	drop(t, filepath.Join(inputs, "dong-da.xlsx"), sample(t, "2025-06/dong-da.xlsx"))
	drop(t, config, append(good, "carry_stock_months: 1\n"...))
	s.says(`works again.*step=settings`)
	s.says(`received.*dong-da`)
	if n := s.said(`received.*ba-dinh`); n > 2 {
		t.Errorf("one file was received %d times", n)
	}
	s.stop()
}

func rename(t *testing.T, from, to string) {
	t.Helper()
	if err := os.Rename(from, to); err != nil {
		t.Fatal(err)
	}
}
