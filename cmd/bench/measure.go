package main

import (
	"bytes"
	"fmt"
	"os/exec"
	"strings"
	"time"
)

// measurement is what one process cost, its children included.
type measurement struct {
	wall, cpu time.Duration
	peak      int64 // bytes of the largest single process; 0 where the system does not tell
	printed   string
}

// measure runs a program to its end.
func measure(name string, args ...string) (measurement, error) {
	cmd := exec.Command(name, args...)
	var out, complaint bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &complaint
	start := time.Now()
	err := cmd.Run()
	m := measurement{wall: time.Since(start), printed: out.String()}
	if err != nil {
		return m, fmt.Errorf("%s: %w\n%s", strings.Join(cmd.Args, " "), err, complaint.String())
	}
	m.cpu = cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	m.peak = peak(cmd.ProcessState)
	return m, nil
}

// least is the cheapest of several runs: whatever else the machine does only adds
// to a time.
func least(times int, run func() (measurement, error)) (measurement, error) {
	var best measurement
	for n := range times {
		m, err := run()
		if err != nil {
			return m, err
		}
		if n == 0 || m.cpu < best.cpu {
			best = m
		}
	}
	return best, nil
}
