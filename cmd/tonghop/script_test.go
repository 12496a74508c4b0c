package main

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"tonghop/cmd/tonghop/machine"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/notify/smtptest"
	"tonghop/pipeline/workbook/write"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"tonghop": command})
}

// command is main by the clock of the environment, where that has one.
func command() {
	lineEvery = time.Hour // a machine with other work to do says no more than an idle one
	faults()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr, clock())
	stop()
	os.Exit(code)
}

// goingClock tells what the time was when a command began. NOW tells a time at
// which the clock stands, for what a script expects to the second: env NOW=TIME
const goingClock = "TONGHOP_TEST_CLOCK"

func clock() func() time.Time {
	begun, text := time.Now(), os.Getenv(goingClock)
	standing := os.Getenv("NOW")
	if text == "" && standing == "" {
		return time.Now
	}
	from, err := time.Parse(time.RFC3339, text+standing)
	if err != nil {
		panic(err)
	}
	if standing != "" {
		return func() time.Time { return from }
	}
	return func() time.Time { return from.Add(time.Since(begun)) }
}

// TestScripts runs the real commands as a user types them, each script in a
// folder of its own.
func TestScripts(t *testing.T) {
	servers := &mailServers{t: t, all: map[string]*smtptest.Server{}}
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join("testdata", "script"),
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		UpdateScripts:       os.Getenv("UPDATE_SCRIPTS") != "",
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"samples": copySamples,
			"figure":  figureIs,
			"same":    sameTree,
			"age":     age,
			"sheet":   sheet,

			"addresses": addresses, "mailserver": servers.start, "mailbox": servers.box,
		},
		Condition: func(name string) (bool, error) {
			if name == "durable" { // the temporary folders outlive the machine's rest
				d, err := machine.DiskOf(os.TempDir())
				return err == nil && d.Kind != machine.Memory, nil
			}
			return false, fmt.Errorf("unknown condition %s", name)
		},
	})
}

// copySamples copies the sample submissions to a folder, those of one month or,
// with ".", all; of the workbooks only the named ones where some are named, since
// a run of a few units is done in a third of the time: samples DIR [FOLDER [NAME…]]
func copySamples(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 1 {
		ts.Fatalf("usage: samples DIR [FOLDER [NAME…]]")
	}
	to, from := ts.MkAbs(args[0]), filepath.Join(repository(), "inputs")
	var named []string
	if len(args) > 1 {
		from, named = filepath.Join(from, args[1]), args[2:]
	}
	ts.Check(copyTree(to, from))
	if len(named) == 0 {
		return
	}
	books, err := filepath.Glob(filepath.Join(from, "*.xlsx"))
	ts.Check(err)
	inMonths, err := filepath.Glob(filepath.Join(from, "*", "*.xlsx"))
	ts.Check(err)
	for _, book := range append(books, inMonths...) {
		if name := strings.TrimSuffix(filepath.Base(book), ".xlsx"); !slices.Contains(named, name) {
			rel, err := filepath.Rel(from, book)
			ts.Check(err)
			ts.Check(os.Remove(filepath.Join(to, rel)))
		}
	}
}

// repository is the checkout, found from the test's own folder, which the
// scripts leave.
func repository() string { return repositoryRoot }

var repositoryRoot = func() string {
	dir, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		panic(err)
	}
	return dir
}()

// copyTree copies files with an age, so that they count as settled.
func copyTree(to, from string) error {
	return filepath.WalkDir(from, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		target := filepath.Join(to, rel)
		if d.IsDir() {
			return os.MkdirAll(target, 0o755)
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if err := os.WriteFile(target, data, 0o644); err != nil {
			return err
		}
		return os.Chtimes(target, settledAt, settledAt)
	})
}

var settledAt = time.Date(2025, 6, 20, 9, 0, 0, 0, time.UTC)

// age makes files old enough to be settled: age FILE…
func age(ts *testscript.TestScript, neg bool, args []string) {
	for _, name := range args {
		ts.Check(os.Chtimes(ts.MkAbs(name), settledAt, settledAt))
	}
}

// sheet makes a workbook of a CSV, as Excel does of what is typed: numbers
// become numbers. sheet CSV XLSX
func sheet(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: sheet CSV XLSX")
	}
	rows, err := csv.NewReader(strings.NewReader(ts.ReadFile(args[0]))).ReadAll()
	ts.Check(err)
	book := write.New(write.Properties{})
	page := book.Add("Năm trước")
	for i, row := range rows {
		for k, text := range row {
			if n, err := figure.Parse(text); err == nil {
				page.Number(write.At(i+1, k+1), n, write.Style{})
			} else {
				page.Text(write.At(i+1, k+1), text, write.Style{})
			}
		}
	}
	data, err := book.Bytes()
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), data, 0o644))
}

// figureIs looks a figure up: figure FILE INDICATOR SPAN UNIT FIELD WANT, with
// "-" for the city.
func figureIs(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 6 {
		ts.Fatalf("usage: figure FILE INDICATOR SPAN UNIT FIELD WANT")
	}
	var doc struct{ Figures []map[string]any }
	ts.Check(json.Unmarshal([]byte(ts.ReadFile(args[0])), &doc))
	for _, f := range doc.Figures {
		unit, _ := f["unit"].(string)
		if f["indicator"] != args[1] || f["span"] != args[2] || (unit != args[3] && (unit != "" || args[3] != "-")) || f["group"] != nil {
			continue
		}
		got := fmt.Sprint(f[args[4]])
		if (got == args[5]) == neg {
			ts.Fatalf("%s of %s for %s, %s is %s, want %s", args[4], args[1], args[3], args[2], got, args[5])
		}
		return
	}
	ts.Fatalf("no figure of %s for %s, %s", args[1], args[3], args[2])
}

// sameTree compares two folders byte by byte: same A B
func sameTree(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: same A B")
	}
	a, b := tree(ts, args[0]), tree(ts, args[1])
	var differing []string
	for name, data := range a {
		if b[name] != data {
			differing = append(differing, name)
		}
	}
	for name := range b {
		if _, ok := a[name]; !ok {
			differing = append(differing, name)
		}
	}
	if (len(differing) == 0) == neg {
		ts.Fatalf("%s and %s differ in: %s", args[0], args[1], strings.Join(differing, ", "))
	}
}

func tree(ts *testscript.TestScript, dir string) map[string]string {
	files := map[string]string{}
	root := ts.MkAbs(dir)
	ts.Check(filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if d.Name() == ".tonghop" { // the ledger says when it was written
				return filepath.SkipDir
			}
			return nil
		}
		rel, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		data, err := os.ReadFile(path)
		files[rel] = string(data)
		return err
	}))
	return files
}
