package notify

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// The hooks of these tests are this very program, told by TONGHOP_TEST what to do.
func TestMain(m *testing.M) {
	switch os.Getenv("TONGHOP_TEST") {
	case "":
		os.Exit(m.Run())
	case "tell":
		fmt.Printf("%q %s\n", os.Args[1:], os.Getenv("TONGHOP_PERIOD"))
	case "fail":
		fmt.Fprintln(os.Stderr, "không có ổ Z:")
		os.Exit(7)
	case "talk":
		fmt.Print(strings.Repeat("x", 3*mostOutput), "the end\n")
	case "stay":
		fmt.Println("here")
		select {}
	case "leave": // a child that holds the output and outlives its parent
		child := exec.Command(os.Args[0])
		child.Env = append(os.Environ(), "TONGHOP_TEST=fail")
		if err := child.Start(); err != nil {
			panic(err)
		}
		fmt.Println("left")
	}
}

func does(what string, args ...string) Command {
	return Command{
		Args: append([]string{os.Args[0]}, args...), Env: []string{"TONGHOP_TEST=" + what, "TONGHOP_PERIOD=2025-06"}, Limit: time.Minute,
	}
}

func TestRunTakesArgumentsAsTheyAre(t *testing.T) {
	output, err := does("tell", "a b", "$HOME", `"; rm -rf x`, "%PATH%").Run(t.Context())
	if want := `["a b" "$HOME" "\"; rm -rf x" "%PATH%"] 2025-06`; err != nil || output != want {
		t.Errorf("%s, %v", output, err)
	}
}

func TestRunTellsHowACommandFailed(t *testing.T) {
	var failed *CommandError
	output, err := does("fail").Run(t.Context())
	if !errors.As(err, &failed) || failed.Code != 7 || output != "không có ổ Z:" {
		t.Errorf("%q, %v", output, err)
	}
	if _, err := (Command{Args: []string{"no-such-program-here"}, Limit: time.Minute}).Run(t.Context()); !errors.Is(err, exec.ErrNotFound) {
		t.Errorf("%v", err)
	}
	long := does("stay")
	long.Limit = 300 * time.Millisecond
	if _, err := long.Run(t.Context()); !errors.As(err, &failed) || failed.TooLong != long.Limit {
		t.Errorf("%v", err)
	}
	stopped, stop := context.WithCancel(t.Context())
	stop()
	if _, err := does("stay").Run(stopped); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}

func TestRunKeepsTheEndOfALongOutput(t *testing.T) {
	output, err := does("talk").Run(t.Context())
	if err != nil || len(output) > mostOutput+len("…") || !strings.HasPrefix(output, "…x") || !strings.HasSuffix(output, "xthe end") {
		t.Errorf("%d bytes, %v", len(output), err)
	}
}

func TestRunDoesNotWaitForWhatACommandLeftBehind(t *testing.T) {
	if output, err := does("leave").Run(t.Context()); err != nil || !strings.Contains(output, "left") {
		t.Errorf("%q, %v", output, err)
	}
}
