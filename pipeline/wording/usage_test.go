package wording

import (
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"tonghop/pipeline/finding"
)

var update = flag.Bool("update", false, "rewrite docs/findings.md and the list of phrases not used")

// spareList names the phrases that no code says. It is there to be emptied: a
// phrase that nobody says is a sentence that nobody checks.
const spareList = "testdata/spare.txt"

// said is where code asks for a phrase by a literal key.
type said struct {
	place string
	key   string
	facts []string // names of the facts given
	known bool     // whether every name is a literal
}

// scan reads the program's own sources: every Say with a literal key, and every
// string literal, for keys are also passed on from tables.
func scan(t *testing.T) (calls []said, literals map[string]bool) {
	t.Helper()
	literals = map[string]bool{}
	eachFile(t, func(files *token.FileSet, file *ast.File) {
		ast.Inspect(file, func(n ast.Node) bool {
			if text, ok := literal(n); ok {
				literals[text] = true
			}
			if call, ok := n.(*ast.CallExpr); ok {
				if s, ok := sayCall(call); ok {
					s.place = files.Position(call.Pos()).String()
					calls = append(calls, s)
				}
			}
			return true
		})
	})
	return calls, literals
}

// eachFile calls do for each of the program's own source files.
func eachFile(t *testing.T, do func(*token.FileSet, *ast.File)) {
	t.Helper()
	for _, top := range []string{"../../cmd", "../../pipeline"} {
		err := filepath.WalkDir(top, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			files := token.NewFileSet()
			file, err := parser.ParseFile(files, path, nil, parser.SkipObjectResolution)
			if err == nil {
				do(files, file)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func literal(n ast.Node) (string, bool) {
	lit, ok := n.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return "", false
	}
	text, err := strconv.Unquote(lit.Value)
	return text, err == nil
}

func sayCall(call *ast.CallExpr) (said, bool) {
	method, ok := call.Fun.(*ast.SelectorExpr)
	// The commands print a phrase as a line by println.
	if !ok || method.Sel.Name != "Say" && method.Sel.Name != "println" || len(call.Args) == 0 {
		return said{}, false
	}
	key, ok := literal(call.Args[0])
	if !ok {
		return said{}, false
	}
	s := said{key: key, known: !call.Ellipsis.IsValid()}
	for i := 1; i < len(call.Args); i += 2 {
		name, ok := literal(call.Args[i])
		s.known = s.known && ok && i+1 < len(call.Args)
		s.facts = append(s.facts, name)
	}
	return s, true
}

func TestCodeSaysWhatTheTablesHave(t *testing.T) {
	book := shipped(t)
	calls, _ := scan(t)
	if len(calls) < 10 {
		t.Fatalf("found only %d calls of Say; the scan looks in the wrong place", len(calls))
	}
	for _, c := range calls {
		s, ok := book.phrases[Vietnamese][c.key]
		if !ok {
			t.Errorf("%s: there is no phrase %q", c.place, c.key)
			continue
		}
		if !c.known {
			continue
		}
		for _, name := range c.facts {
			if !slices.Contains(s.fields(), name) {
				t.Errorf("%s: %q names no {%s}", c.place, c.key, name)
			}
		}
		for _, field := range s.required() {
			if !slices.Contains(c.facts, field) {
				t.Errorf("%s: %q needs {%s}", c.place, c.key, field)
			}
		}
	}
}

// A failure is told by two phrases, whose keys are put together from its own.
func TestFailuresAreInTheTables(t *testing.T) {
	book := shipped(t)
	seen := 0
	eachFile(t, func(files *token.FileSet, file *ast.File) {
		ast.Inspect(file, func(n ast.Node) bool {
			made, ok := n.(*ast.CompositeLit)
			if !ok {
				return true
			}
			if name, ok := made.Type.(*ast.Ident); !ok || name.Name != "failure" {
				return true
			}
			fields := map[string]string{}
			for _, e := range made.Elts {
				if pair, ok := e.(*ast.KeyValueExpr); ok {
					if name, ok := pair.Key.(*ast.Ident); ok {
						fields[name.Name], _ = literal(pair.Value)
					}
				}
			}
			key, hint := fields["key"], fields["hint"]
			if key == "" {
				return true // told by a variable
			}
			if _, given := fields["hint"]; !given {
				hint = key
			}
			seen++
			for _, one := range []string{"error." + key, "hint." + hint} {
				if _, ok := book.phrases[Vietnamese][one]; !ok && one != "hint." {
					t.Errorf("%s: there is no phrase %q", files.Position(made.Pos()), one)
				}
			}
			return true
		})
	})
	if seen < 20 {
		t.Errorf("found only %d failures; the scan looks in the wrong place", seen)
	}
}

// isSaid reports whether a key is among the literals, or begins with one that
// ends in a point: code puts such keys together from typed constants.
func isSaid(key string, literals map[string]bool) bool {
	for i := range key {
		if key[i] == '.' && literals[key[:i+1]] {
			return true
		}
	}
	return literals[key]
}

func TestTablesHaveWhatCodeSays(t *testing.T) {
	book := shipped(t)
	_, literals := scan(t)
	var spare []string
	for _, key := range book.Keys("") {
		if !isSaid(key, literals) {
			spare = append(spare, key)
		}
	}
	if *update {
		if err := os.WriteFile(spareList, []byte(strings.Join(append(spare, ""), "\n")), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	data, err := os.ReadFile(spareList)
	if err != nil {
		t.Fatal(err)
	}
	listed := strings.Fields(string(data))
	for _, key := range spare {
		if !slices.Contains(listed, key) {
			t.Errorf("nobody says %q: say it, or remove it", key)
		}
	}
	for _, key := range listed {
		if _, ok := book.phrases[Vietnamese][key]; !ok {
			t.Errorf("%s lists %q, which is gone", spareList, key)
		}
	}
}

// TestFindingsCarryKnownArguments follows finding.New(finding.Code).With("name",
// …) in the program's sources: an argument that no sentence knows is a fact
// that nobody will read.
func TestFindingsCarryKnownArguments(t *testing.T) {
	codes := codeNames(t)
	followed := 0
	eachFile(t, func(files *token.FileSet, file *ast.File) {
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			name, code := withCall(call)
			if known, ok := codes[code]; ok {
				followed++
				if !knownField(known, "arg:"+name) {
					t.Errorf("%s: %s has no argument %q", files.Position(call.Pos()), known, name)
				}
			}
			return true
		})
	})
	if followed == 0 {
		t.Error("followed no argument; the scan looks in the wrong place")
	}
}

// withCall gives the name that x.With("name", …) adds and the constant of the
// code that x began from; either is empty where the source does not say.
func withCall(call *ast.CallExpr) (name, code string) {
	method, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || method.Sel.Name != "With" || len(call.Args) != 2 {
		return "", ""
	}
	name, ok = literal(call.Args[0])
	if !ok {
		return "", ""
	}
	for {
		inner, ok := method.X.(*ast.CallExpr)
		if !ok {
			return name, ""
		}
		for _, arg := range inner.Args {
			if s, ok := arg.(*ast.SelectorExpr); ok {
				if pkg, ok := s.X.(*ast.Ident); ok && pkg.Name == "finding" {
					return name, s.Sel.Name
				}
			}
		}
		if method, ok = inner.Fun.(*ast.SelectorExpr); !ok {
			return name, ""
		}
	}
}

// codeNames gives the codes by the names of their constants.
func codeNames(t *testing.T) map[string]finding.Code {
	t.Helper()
	names := map[string]finding.Code{}
	eachFile(t, func(_ *token.FileSet, file *ast.File) {
		if file.Name.Name != "finding" {
			return
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if spec, ok := n.(*ast.ValueSpec); ok && len(spec.Values) == 1 {
				if text, ok := literal(spec.Values[0]); ok && finding.Code(text).Known() {
					names[spec.Names[0].Name] = finding.Code(text)
				}
			}
			return true
		})
	})
	if len(names) != len(finding.Definitions) {
		t.Fatalf("found the constants of %d codes of %d", len(names), len(finding.Definitions))
	}
	return names
}
