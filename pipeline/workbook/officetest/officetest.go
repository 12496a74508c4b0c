// Package officetest lets tests see workbooks through other people's programs:
// LibreOffice, which opens, recalculates and saves them, and openpyxl, which
// reads what is stored. A test whose program is absent is skipped with the
// reason.
package officetest

import (
	"encoding/json"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"sync"
	"testing"
)

// alwaysRecalculate makes LibreOffice distrust the stored results of formulas,
// which it otherwise keeps where they are numbers.
const alwaysRecalculate = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>`

// Recalculated opens workbooks in LibreOffice, computes every formula anew and
// saves them. They come and go by name without extension.
func Recalculated(t testing.TB, books map[string][]byte) map[string][]byte {
	t.Helper()
	if testing.Short() {
		t.Skip("starting LibreOffice takes seconds")
	}
	office, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("LibreOffice is not installed")
	}
	dir := t.TempDir()
	profile := filepath.Join(dir, "profile", "user")
	must(t, os.MkdirAll(profile, 0o700))
	must(t, os.WriteFile(filepath.Join(profile, "registrymodifications.xcu"), []byte(alwaysRecalculate), 0o600))
	args := []string{
		"-env:UserInstallation=file://" + filepath.Join(dir, "profile"), "--headless",
		"--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", filepath.Join(dir, "out"),
	}
	for _, name := range slices.Sorted(maps.Keys(books)) {
		file := filepath.Join(dir, name+".xlsx")
		must(t, os.WriteFile(file, books[name], 0o600))
		args = append(args, file)
	}
	if out, err := exec.Command(office, args...).CombinedOutput(); err != nil {
		t.Fatalf("LibreOffice: %v: %s", err, out)
	}
	saved := map[string][]byte{}
	for name := range books {
		data, err := os.ReadFile(filepath.Join(dir, "out", name+".xlsx"))
		if err != nil {
			t.Fatalf("LibreOffice did not open %s: %v", name, err)
		}
		saved[name] = data
	}
	return saved
}

// Openpyxl runs a Python script that reads a workbook named in sys.argv[1] and
// prints JSON, which is decoded into found.
func Openpyxl(t testing.TB, book []byte, script string, found any) {
	t.Helper()
	python := withOpenpyxl()
	if python == "" {
		t.Skip("openpyxl with Pillow is not installed")
	}
	file := filepath.Join(t.TempDir(), "book.xlsx")
	must(t, os.WriteFile(file, book, 0o600))
	out, err := exec.Command(python, "-c", script, file).CombinedOutput()
	if err != nil {
		t.Fatalf("openpyxl: %v: %s", err, out)
	}
	if err := json.Unmarshal(out, found); err != nil {
		t.Fatalf("openpyxl printed %q: %v", out, err)
	}
}

// withOpenpyxl is the Python that has openpyxl, "" where none has. Looking takes most
// of a second, so it is done once.
var withOpenpyxl = sync.OnceValue(func() string {
	for _, name := range []string{"python3", "/usr/bin/python3"} {
		// Without Pillow openpyxl reads no pictures, and does not say so.
		if exec.Command(name, "-c", "import openpyxl, PIL").Run() == nil {
			return name
		}
	}
	return ""
})

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
