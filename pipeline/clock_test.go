package pipeline_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Nothing below the conductor asks the clock or the machine's zone, but for
// what must wait or retry in real time.
func TestNothingAsksTheClock(t *testing.T) {
	// The server of tests, too, has a certificate that is valid now.
	waits := []string{"atomicfile", "ledger", "publish", "intake", filepath.Join("notify", "smtptest")}
	files := token.NewFileSet()
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(files, path, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			sel, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			if pkg, ok := sel.X.(*ast.Ident); !ok || pkg.Name != "time" {
				return true
			}
			if slices.Contains([]string{"Now", "Since", "Until", "Local"}, sel.Sel.Name) &&
				!(slices.Contains(waits, filepath.Dir(path)) && sel.Sel.Name != "Local") {
				t.Errorf("%s: time.%s: instants and zones are passed in", files.Position(sel.Pos()), sel.Sel.Name)
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
