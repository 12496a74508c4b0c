package pipeline_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const root = "tonghop/pipeline/"

// pure packages are values and rules: given the same, they say the same.
var pure = []string{
	"period", "figure", "finding", "catalogue", "catalogue/formula", "submission", "history", "summary",
	"table", "mailaddress", "dispatch", "decision", "narrative", "edition", "imported", "naming", "layout", "memo", "vietnamese", "wording", "reading", "validate", "consolidate", "report", "report/export", "mailing", "schedule",
}

// forbidden to pure packages, directly: what asks the world a question.
var worldly = []string{"os", "net", "net/http", "os/exec", "syscall", "math/rand", "math/rand/v2"}

// engines may be reached, even through others, only where they belong.
var engines = []struct {
	module string
	home   []string // packages below pipeline that may import it
	reason string
}{
	{"github.com/xuri/excelize/v2", []string{"workbook/write", "form", "feedback", "report/xlsx"}, "it reads damage in silence: submissions are read by package workbook"},
	{"github.com/jung-kurt/gofpdf", []string{"report/pdf"}, "one place to swap for its fork"},
	{"modernc.org/sqlite", []string{"ledger"}, "nobody outside the ledger sees SQL"},
	{"github.com/pressly/goose/v3", []string{"ledger"}, "nobody outside the ledger sees SQL"},
	{"github.com/wneessen/go-mail", []string{"notify"}, "one place that speaks to a mail server"},
	{"github.com/robfig/cron/v3", []string{"schedule"}, "nothing else knows of schedules"},
}

// verbs do one step each; none imports another but those listed with it.
var verbs = map[string][]string{
	"workbook": nil, "workbook/write": nil, "reading": nil, "validate": nil, "consolidate": nil,
	"layout": {"workbook"}, "intake": {"workbook", "layout", "reading"}, // bytes to cells to tables to figures
	"form": {"workbook/write"}, "feedback": {"workbook/write", "report"},
	"report": nil, "report/pdf": {"report"}, "report/xlsx": {"report", "workbook/write"}, "report/export": {"report"},
	"publish": {"atomicfile"}, "ledger": {"atomicfile"}, "atomicfile": nil,
	"schedule": nil, "watch": nil,
	"mailing": nil, "notify": nil,
}

// beside are the packages below the commands: each owns one thing that a command
// needs, and none of them how a report is made. Of engines they may reach those
// listed with them.
var beside = map[string][]string{
	"health": nil, "machine": nil,
	"settings": {"github.com/wneessen/go-mail", "github.com/robfig/cron/v3"}, // what they may say of mail and of schedules
}

type listed struct {
	ImportPath string
	Imports    []string
	Deps       []string
}

func TestWalls(t *testing.T) {
	packages := list(t, root)
	for name, p := range packages {
		for _, imported := range p.Imports {
			if slices.Contains(pure, name) && slices.Contains(worldly, imported) {
				t.Errorf("%s imports %s: it is pure", name, imported)
			}
			if imported == "github.com/expr-lang/expr" && name != "catalogue/formula" {
				t.Errorf("%s imports expr: formulas are compiled by catalogue/formula alone", name)
			}
			inner, ours := strings.CutPrefix(imported, root)
			if !ours {
				if imported == "tonghop/pipeline" {
					t.Errorf("%s imports the conductor: nothing below it may", name)
				}
				continue
			}
			_, target := verbs[inner]
			allowed, verb := verbs[name]
			switch {
			case slices.Contains(pure, name) && !verb && target:
				t.Errorf("%s imports %s: a noun knows no verb", name, inner)
			case verb && target && !slices.Contains(allowed, inner):
				t.Errorf("%s imports %s: a verb knows no other", name, inner)
			}
		}
		for _, e := range engines {
			if slices.Contains(p.Deps, e.module) && !slices.Contains(e.home, name) {
				t.Errorf("%s reaches %s: %s", name, e.module, e.reason)
			}
		}
	}
	for _, name := range pure {
		if _, ok := packages[name]; !ok {
			t.Errorf("package %s is walled and not there", name)
		}
	}
	for name := range verbs {
		if _, ok := packages[name]; !ok {
			t.Errorf("verb %s is walled and not there", name)
		}
	}
}

// TestWallsBelowTheCommands: with the conductor come the ledger's database and every
// other engine, and what reaches them takes minutes to build for fuzzing.
func TestWallsBelowTheCommands(t *testing.T) {
	packages := list(t, "tonghop/cmd/tonghop/")
	for name, p := range packages {
		allowed, known := beside[name]
		if !known {
			t.Errorf("package %s below the commands is not walled", name)
		}
		if slices.Contains(p.Deps, "tonghop/pipeline") {
			t.Errorf("%s reaches the conductor: the commands wire it", name)
		}
		for _, e := range engines {
			if slices.Contains(p.Deps, e.module) && !slices.Contains(allowed, e.module) {
				t.Errorf("%s reaches %s: %s", name, e.module, e.reason)
			}
		}
	}
	for name := range beside {
		if _, ok := packages[name]; !ok {
			t.Errorf("package %s is walled and not there", name)
		}
	}
}

// TestNothingSetsTheFaultHook: what atomicfile tells of its steps is for tests.
func TestNothingSetsTheFaultHook(t *testing.T) {
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") || filepath.Dir(path) == filepath.Join("..", "pipeline", "atomicfile") {
			return err
		}
		source, err := os.ReadFile(path)
		if bytes.Contains(source, []byte("BeforeStep")) {
			t.Errorf("%s uses the hook of the fault tests", path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// list asks the go command for every package below one, by its name there; above
// ends in a slash.
func list(t *testing.T, above string) map[string]listed {
	t.Helper()
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports,Deps", above+"...").Output()
	if err != nil {
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			t.Fatalf("go list: %v\n%s", err, exit.Stderr)
		}
		t.Fatalf("go list: %v", err)
	}
	packages := map[string]listed{}
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listed
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		if name, below := strings.CutPrefix(p.ImportPath, above); below {
			packages[name] = p
		}
	}
	return packages
}
