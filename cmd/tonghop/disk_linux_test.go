package main

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// juneProcess makes June in a process of its own and gives its exit code and all it
// said on standard error.
func juneProcess(t *testing.T, cmd *exec.Cmd) (int, string) {
	t.Helper()
	var said bytes.Buffer
	cmd.Stderr = &said
	var exit *exec.ExitError
	if err := cmd.Run(); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), said.String()
}

// mounted lays a file system over a folder until the test ends, or skips the test
// where that is not allowed: it takes root.
func mounted(t *testing.T, folder, kind string, flags uintptr, options string) {
	t.Helper()
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mount(folder, folder, kind, flags, options); err != nil {
		t.Skipf("needs to mount %s: %v", kind, err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(folder, 0); err != nil {
			t.Error(err)
		}
	})
}

// fill leaves about so many bytes of a file system free, and gives what frees the
// rest again.
func fill(t *testing.T, folder string, free int) (again func()) {
	t.Helper()
	path := filepath.Join(folder, "ballast")
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	var written int64
	for err == nil {
		var n int
		n, err = file.Write(make([]byte, 4096))
		written += int64(n)
	}
	if !errors.Is(err, syscall.ENOSPC) {
		t.Fatal(err)
	}
	if err := errors.Join(file.Truncate(written-int64(free)), file.Close()); err != nil {
		t.Fatal(err)
	}
	return func() {
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
	}
}

// stands asks that what was published stands as it was, and nothing else.
func stands(t *testing.T, office string, before map[string]string) {
	t.Helper()
	now := contents(t, filepath.Join(office, "outputs"))
	delete(now, "ballast")
	for name := range now {
		if now[name] != before[name] && !strings.HasPrefix(name, filepath.Join("2025-06", "revisions", "r2")) {
			t.Errorf("changed: %s", name)
		}
		delete(before, name)
	}
	for name := range before {
		t.Errorf("gone: %s", name)
	}
	noLeftovers(t, office)
}

// A full disk under the outputs or under the state: the command says so and names
// the path, what was published stands, and with room again the next run makes it.
func TestTheDiskIsFull(t *testing.T) {
	for full, some := range map[string][]int{"outputs": {24 << 10, 160 << 10}, "state": {0}} {
		for _, free := range some {
			t.Run(fmt.Sprintf("%s with %d bytes", full, free), func(t *testing.T) {
				office := leastOffice(t)
				reports(t, office, "X-1")
				mounted(t, filepath.Join(office, full), "tmpfs", 0, "size=4m")
				runs(t, office)
				before := contents(t, filepath.Join(office, "outputs"))
				reports(t, office, "X-2")
				again := fill(t, filepath.Join(office, full), free)
				code, said := juneProcess(t, process(juneRun(office)))
				again()
				r2 := contents(t, filepath.Join(office, "outputs", "2025-06", "revisions"))["r2/manifest.json"] != ""
				switch {
				case r2: // what came after it had no room
					for name, data := range contents(t, filepath.Join(office, "outputs", "2025-06", "revisions", "r2")) {
						if top := contents(t, filepath.Join(office, "outputs", "2025-06"))[name]; top != data && top != before[filepath.Join("2025-06", name)] {
							t.Errorf("%s is neither that of r1 nor that of r2", name)
						}
					}
					noLeftovers(t, office)
				case code == exitOK:
					t.Errorf("with %d bytes it neither made a revision nor failed", free)
				default:
					if code != exitFailure || !strings.Contains(said, filepath.Join(office, full)) || !strings.Contains(said, "ổ đĩa đã đầy") && !strings.Contains(said, "sổ theo dõi") || strings.Count(said, "\n") > 3 {
						t.Errorf("exit code %d:\n%s", code, said)
					}
					stands(t, office, maps.Clone(before))
				}
				runs(t, office)
				for name, data := range contents(t, filepath.Join(office, "outputs", "2025-06", "revisions", "r2")) {
					if top := contents(t, filepath.Join(office, "outputs", "2025-06"))[name]; top != data {
						t.Errorf("%s is not that of r2", name)
					}
				}
				noLeftovers(t, office)
			})
		}
	}
}

// Outputs that may only be read.
func TestTheOutputsAreReadOnly(t *testing.T) {
	office := leastOffice(t)
	outputs := filepath.Join(office, "outputs")
	reports(t, office, "X-1")
	runs(t, office)
	before := contents(t, outputs)
	reports(t, office, "X-2")
	t.Run("mount", func(t *testing.T) {
		mounted(t, outputs, "", syscall.MS_BIND, "")
		if err := syscall.Mount("", outputs, "", syscall.MS_BIND|syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
			t.Skip(err)
		}
		code, said := juneProcess(t, process(juneRun(office)))
		if code != exitFailure || !strings.Contains(said, outputs) || !strings.Contains(said, "ổ đĩa chỉ cho đọc") {
			t.Errorf("exit code %d:\n%s", code, said)
		}
		stands(t, office, maps.Clone(before))
	})
	runs(t, office)
	if _, err := os.Stat(filepath.Join(outputs, "2025-06", "revisions", "r2", "report.pdf")); err != nil {
		t.Error(err)
	}
}

// An account without the right to write to the outputs, or to read a report.
func TestTheAccountMayNot(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("needs root, to run as another account")
	}
	const nobody = 65534
	office := leastOffice(t)
	for _, folder := range []string{office, filepath.Dir(office)} {
		if err := os.Chmod(folder, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	myself, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(office, "tonghop") // by this name it is the program
	if err := os.Link(myself, program); err != nil {
		t.Skip("needs the test's program where everybody may run it: ", err)
	}
	asNobody := func() *exec.Cmd {
		cmd := process(juneRun(office))
		cmd.Path, cmd.Err, cmd.Dir = program, nil, office
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
		return cmd
	}
	outputs := filepath.Join(office, "outputs")
	reports(t, office, "X-1")
	runs(t, office)
	before := contents(t, outputs)
	reports(t, office, "X-2")
	err = filepath.WalkDir(filepath.Join(office, "state"), func(path string, _ os.DirEntry, err error) error {
		return errors.Join(err, os.Chown(path, nobody, nobody))
	})
	if err != nil {
		t.Fatal(err)
	}
	code, said := juneProcess(t, asNobody())
	if code != exitFailure || !strings.Contains(said, outputs) || !strings.Contains(said, "không có quyền") {
		t.Errorf("exit code %d:\n%s", code, said)
	}
	stands(t, office, maps.Clone(before))

	// A report that this account may not read is named, and no run passes it over.
	err = errors.Join(os.Chmod(filepath.Join(office, "inputs", "2025-06-X-2.xlsx"), 0), filepath.WalkDir(outputs, func(path string, _ os.DirEntry, err error) error {
		return errors.Join(err, os.Chown(path, nobody, nobody))
	}))
	if err != nil {
		t.Fatal(err)
	}
	if code, said = juneProcess(t, asNobody()); code != exitOK {
		t.Errorf("exit code %d:\n%s", code, said)
	}
	findings, err := os.ReadFile(filepath.Join(outputs, "2025-06", "findings.csv"))
	if err != nil || !bytes.Contains(findings, []byte("file-unreadable")) || !bytes.Contains(findings, []byte("2025-06-X-2.xlsx")) {
		t.Errorf("%v\n%s", err, findings)
	}
}

// However few files a process may open, it gives the figures or says why not: a
// report that cannot be opened for that is not left out of them.
func TestTooFewFilesMayBeOpened(t *testing.T) {
	office := leastOffice(t)
	reports(t, office, "X-1")
	reports(t, office, "X-2")
	program, err := exec.LookPath("tonghop")
	if err != nil {
		t.Fatal(err)
	}
	failed := 0
	for _, most := range []int{8, 9, 11, 12, 13, 14} {
		limited := exec.Command("sh", append([]string{"-c", fmt.Sprintf(`ulimit -n %d && exec "$0" "$@"`, most), program}, juneRun(office)...)...)
		limited.Env = process(nil).Env
		code, said := juneProcess(t, limited)
		if code == exitOK {
			break
		}
		failed++
		if code != exitFailure || !strings.Contains(said, "too many open files") && !strings.Contains(said, "sổ theo dõi") {
			t.Errorf("with %d files: exit code %d\n%s", most, code, said)
		}
		if done, err := filepath.Glob(filepath.Join(office, "outputs", "*", "revisions", "*")); err != nil || len(done) > 0 {
			t.Errorf("with %d files: published %s", most, done)
		}
	}
	if failed == 0 {
		t.Error("no limit was too low")
	}
	runs(t, office)
	figures := contents(t, filepath.Join(office, "outputs", "2025-06"))["figures.json"]
	if !strings.Contains(figures, `"received":2`) {
		t.Error("not both reports are in the figures")
	}
	noLeftovers(t, office)
}
