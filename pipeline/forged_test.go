package pipeline_test

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"tonghop/pipeline/publish"
)

// forge changes a figure in a revision's folder and makes its manifest agree, as
// anybody can who may write to the outputs; number is what it then calls itself.
func (o office) forge(dir string, number int) {
	o.t.Helper()
	must := func(err error) {
		o.t.Helper()
		if err != nil {
			o.t.Fatal(err)
		}
	}
	path := func(name string) string { return filepath.Join(dir, name) }
	figures, err := os.ReadFile(path("figures.json"))
	must(err)
	changed := strings.ReplaceAll(string(figures), `"41"`, `"941"`)
	if changed == string(figures) {
		o.t.Fatal("there is no figure of 41")
	}
	data, err := os.ReadFile(path(publish.ManifestName))
	must(err)
	var m publish.Manifest
	must(json.Unmarshal(data, &m))
	m.Revision = number
	for i := range m.Files {
		if m.Files[i].Name == "figures.json" {
			sum := sha256.Sum256([]byte(changed))
			m.Files[i].SHA256, m.Files[i].Size = hex.EncodeToString(sum[:]), int64(len(changed))
		}
	}
	data, err = json.Marshal(m)
	must(err)
	for name, content := range map[string][]byte{"figures.json": []byte(changed), publish.ManifestName: data} {
		must(os.Chmod(dir, 0o755))
		must(os.RemoveAll(path(name)))
		must(os.WriteFile(path(name), content, 0o444))
	}
}

func (o office) shown(name string) string {
	o.t.Helper()
	data, err := os.ReadFile(filepath.Join(o.Outputs, "2025-06", name))
	if err != nil {
		o.t.Fatal(err)
	}
	return string(data)
}

// A revision that was changed together with its manifest agrees with itself, and
// not with what was recorded: it is neither copied nor called unchanged.
func TestARevisionReplacedAsAWholeIsTold(t *testing.T) {
	o := newOffice(t)
	o.send("2025-06/a.xlsx", "HN-001", june, 41, 1)
	first := o.mustRun(june)
	before := o.shown("figures.json")
	o.forge(first.Revision.Dir, 1)
	_, err := o.run(june)
	var damaged *publish.DamagedError
	if !errors.As(err, &damaged) || damaged.Dir != first.Revision.Dir {
		t.Errorf("the run gives %v", err)
	}
	if o.shown("figures.json") != before {
		t.Error("what was forged stands at the top")
	}
}

// A revision that nobody recorded is taken in, for a run may have been stopped
// before it could; one that is not what would have been drawn does not stand.
func TestAForgedRevisionDoesNotStand(t *testing.T) {
	o := newOffice(t)
	o.send("2025-06/a.xlsx", "HN-001", june, 41, 1)
	first := o.mustRun(june)
	before := o.shown("figures.csv")
	second := filepath.Join(filepath.Dir(first.Revision.Dir), "r2")
	if err := os.CopyFS(second, os.DirFS(first.Revision.Dir)); err != nil {
		t.Fatal(err)
	}
	o.forge(second, 2)
	out := o.mustRun(june)
	if !slices.Equal(out.Adopted, []string{second}) || out.Unchanged || out.Revision.Manifest.Revision != 3 {
		t.Errorf("adopted %v, unchanged %v, r%d", out.Adopted, out.Unchanged, out.Revision.Manifest.Revision)
	}
	if o.shown("figures.csv") != before || strings.Contains(o.shown("figures.json"), `"941"`) {
		t.Error("what was forged stands at the top")
	}
	if again := o.mustRun(june); !again.Unchanged || len(again.Adopted) > 0 {
		t.Errorf("adopted again: %v, unchanged %v", again.Adopted, again.Unchanged)
	}
}

// A revision that a stopped run left is the one that would have been drawn.
func TestARevisionLeftByAStoppedRunStands(t *testing.T) {
	o := newOffice(t)
	o.send("2025-06/a.xlsx", "HN-001", june, 41, 1)
	o.mustRun(june)
	kept := filepath.Join(t.TempDir(), "state")
	if err := os.CopyFS(kept, os.DirFS(o.State)); err != nil {
		t.Fatal(err)
	}
	o.send("2025-06/b.xlsx", "HN-002", june, 7, 1)
	second := o.mustRun(june)
	// The state as it was before the second run recorded anything.
	if err := os.RemoveAll(o.State); err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(o.State, os.DirFS(kept)); err != nil {
		t.Fatal(err)
	}
	out := o.mustRun(june)
	if !slices.Equal(out.Adopted, []string{second.Revision.Dir}) || !out.Unchanged || out.Revision.Manifest.Revision != 2 {
		t.Errorf("adopted %v, unchanged %v, r%d", out.Adopted, out.Unchanged, out.Revision.Manifest.Revision)
	}
}
