package notify

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"time"
)

// Command is a program and its arguments, run as they are: no shell reads them.
type Command struct {
	Args []string // the program first
	Env  []string // NAME=value, beside those of this process
	// Limit is how long it may take.
	Limit time.Duration
}

// mostOutput is how much of what a command prints is kept, in bytes: the end,
// where an error stands.
const mostOutput = 8 << 10

// afterwards is how long the output is waited for once the program has ended, or
// was ended: a program that it started may still hold it.
const afterwards = 5 * time.Second

// Run runs the command and waits for it. The output is what it printed, its end
// where that is long. The error is *CommandError where it could not be started,
// ended with another code than 0 or was ended.
func (c Command) Run(ctx context.Context) (output string, err error) {
	limited, cancel := context.WithTimeout(ctx, c.Limit)
	defer cancel()
	cmd := exec.CommandContext(limited, c.Args[0], c.Args[1:]...)
	cmd.Env = append(os.Environ(), c.Env...)
	cmd.WaitDelay = afterwards
	var printed tail
	cmd.Stdout, cmd.Stderr = &printed, &printed
	err = cmd.Run()
	if err == nil || errors.Is(err, exec.ErrWaitDelay) { // it ended well; one that it left behind still runs
		return printed.String(), nil
	}
	failed := &CommandError{Program: c.Args[0], Err: err}
	var exit *exec.ExitError
	switch {
	case ctx.Err() != nil:
		failed.Err = ctx.Err()
	case errors.Is(limited.Err(), context.DeadlineExceeded):
		failed.TooLong = c.Limit
	case errors.As(err, &exit):
		failed.Code = exit.ExitCode()
	}
	return printed.String(), failed
}

// CommandError says that a command did not do its work.
type CommandError struct {
	Program string
	Code    int           // with which it ended; 0 where it did not end by itself
	TooLong time.Duration // the limit that it passed; 0 where it did not
	Err     error
}

func (e *CommandError) Error() string {
	switch {
	case e.TooLong > 0:
		return fmt.Sprintf("%s was ended after %s", e.Program, e.TooLong)
	case e.Code != 0:
		return fmt.Sprintf("%s ended with code %d", e.Program, e.Code)
	}
	return fmt.Sprintf("%s: %v", e.Program, e.Err)
}

// Unwrap returns what the system said.
func (e *CommandError) Unwrap() error { return e.Err }

// tail keeps the end of what is written to it.
type tail struct {
	kept []byte
	cut  bool
}

// Write implements io.Writer.
func (t *tail) Write(p []byte) (int, error) {
	t.kept = append(t.kept, p...)
	if more := len(t.kept) - mostOutput; more > 0 {
		t.kept, t.cut = append(t.kept[:0], t.kept[more:]...), true
	}
	return len(p), nil
}

func (t *tail) String() string {
	text := strings.TrimSpace(strings.ToValidUTF8(string(t.kept), "?"))
	if t.cut {
		return "…" + text
	}
	return text
}
