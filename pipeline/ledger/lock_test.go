package ledger

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// The test binary, started again with this variable set, takes the lock of the
// folder it names, says so, and holds it until its input ends.
const holdLock = "TONGHOP_TEST_HOLD_LOCK"

func TestMain(m *testing.M) {
	if state := os.Getenv(holdLock); state != "" {
		lock, err := Acquire(context.Background(), state, 0)
		if err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		fmt.Println("locked")
		_, _ = io.Copy(io.Discard, os.Stdin)
		if err := lock.Release(); err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// hold starts another process that holds the lock. Closing the writer lets it
// end in good order.
func hold(t *testing.T, state string) (*exec.Cmd, io.Closer) {
	t.Helper()
	other := exec.Command(os.Args[0])
	other.Env = append(os.Environ(), holdLock+"="+state)
	stop, err := other.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	says, err := other.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := other.Start(); err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(says).ReadString('\n'); err != nil || line != "locked\n" {
		t.Fatalf("the other process says %q, %v", line, err)
	}
	return other, stop
}

func TestLockHeldByAnotherProcess(t *testing.T) {
	state := t.TempDir()
	other, stop := hold(t, state)
	began := time.Now()
	_, err := Acquire(ctx, state, 200*time.Millisecond)
	var held *HeldError
	if !errors.As(err, &held) || held.Holder.PID != other.Process.Pid || held.Holder.Host == "" || held.Holder.Since.IsZero() {
		t.Fatalf("got %v", err)
	}
	if waited := time.Since(began); waited < 200*time.Millisecond {
		t.Errorf("gave up after %s", waited)
	}
	cancelled, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := Acquire(cancelled, state, time.Hour); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	// The wait ends when the other process is done.
	taken := make(chan error, 1)
	go func() {
		lock, err := Acquire(ctx, state, time.Minute)
		if err == nil {
			err = lock.Release()
		}
		taken <- err
	}()
	if err := stop.Close(); err != nil {
		t.Fatal(err)
	}
	if err := other.Wait(); err != nil {
		t.Fatal(err)
	}
	if err := <-taken; err != nil {
		t.Error(err)
	}
}

func TestLockOfAKilledProcessIsFree(t *testing.T) {
	state := t.TempDir()
	other, _ := hold(t, state)
	if err := other.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = other.Wait() // it was killed
	lock, err := Acquire(ctx, state, time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := lock.Release(); err != nil {
			t.Error(err)
		}
	}()
	_, err = Acquire(ctx, state, 0)
	var held *HeldError
	if !errors.As(err, &held) || held.Holder.PID != os.Getpid() {
		t.Errorf("the name of the killed process stayed: %v", err)
	}
}

func TestUnknownHolder(t *testing.T) {
	if got := (Holder{}).String(); got != "an unknown process" {
		t.Errorf("got %q", got)
	}
}

// Looking at a lock takes it from nobody, and makes nothing.
func TestHeld(t *testing.T) {
	state := t.TempDir()
	if h, held, err := Held(state); held || err != nil || h.PID != 0 {
		t.Errorf("never held: %v %v %v", h, held, err)
	}
	if entries, err := os.ReadDir(state); err != nil || len(entries) != 0 {
		t.Errorf("made %v, %v", entries, err)
	}
	other, stop := hold(t, state)
	if h, held, err := Held(state); !held || err != nil || h.PID != other.Process.Pid {
		t.Errorf("held: %v %v %v", h, held, err)
	}
	if err := errors.Join(other.Process.Kill(), stop.Close()); err != nil {
		t.Fatal(err)
	}
	_ = other.Wait() // it was killed
	if h, held, err := Held(state); held || err != nil || h.PID != other.Process.Pid {
		t.Errorf("after its holder was killed: %v %v %v", h, held, err)
	}
	lock, err := Acquire(t.Context(), state, 0)
	if err != nil {
		t.Fatal(err)
	}
	if err := lock.Release(); err != nil {
		t.Fatal(err)
	}
	if h, held, err := Held(state); held || err != nil || h.PID != 0 {
		t.Errorf("released: %v %v %v", h, held, err)
	}
	service, err := AcquireService(t.Context(), state)
	if err != nil {
		t.Fatal(err)
	}
	if h, runs, err := ServiceHeld(state); !runs || err != nil || h.PID != os.Getpid() {
		t.Errorf("service: %v %v %v", h, runs, err)
	}
	if _, held, err := Held(state); held || err != nil {
		t.Errorf("a service holds the lock: %v", err)
	}
	if err := service.Release(); err != nil {
		t.Fatal(err)
	}
}

// What a stopped program left half-written goes with the next lock; what others
// may be writing in the folder just then stays.
func TestTheLockRidsTheStateOfLeftovers(t *testing.T) {
	state := t.TempDir()
	const half = ".0123456789abcdef.tmp"
	kept := filepath.Join(state, originalsFolder, "ab")
	gone := []string{filepath.Join(state, ".lock.holder"+half), filepath.Join(state, ".journal.jsonl"+half), filepath.Join(kept, ".abcd"+half)}
	stays := []string{filepath.Join(state, ".last-look.json"+half), filepath.Join(state, ".service.lock.holder"+half), filepath.Join(kept, "abcd")}
	if err := os.MkdirAll(kept, 0o755); err != nil {
		t.Fatal(err)
	}
	for _, path := range append(append([]string{filepath.Join(state, "lock.holder")}, gone...), stays...) {
		if err := os.WriteFile(path, []byte("half"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	lock, err := Acquire(context.Background(), state, 0)
	if err != nil {
		t.Fatal(err)
	}
	if err := lock.Release(); err != nil {
		t.Fatal(err)
	}
	for _, path := range gone {
		if _, err := os.Lstat(path); err == nil {
			t.Errorf("still there: %s", path)
		}
	}
	for _, path := range stays {
		if _, err := os.Lstat(path); err != nil {
			t.Error(err)
		}
	}
}
