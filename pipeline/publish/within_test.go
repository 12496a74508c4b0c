package publish

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

func TestWhatARevisionHolds(t *testing.T) {
	o := Outputs{Dir: filepath.Join(t.TempDir(), "outputs")}
	for _, folder := range []string{o.Dir, filepath.Join(o.Dir, june, "revisions", "r1")} {
		if held, err := o.Holds(folder); held || err != nil {
			t.Errorf("nothing is published, but %s is held: %v, %v", folder, held, err)
		}
	}
	publish(t, o, draft(1, "một"))
	at := func(parts ...string) string { return filepath.Join(append([]string{o.Dir}, parts...)...) }
	for folder, want := range map[string]bool{
		at(june, "revisions"):                           true,
		at(june, "revisions", "r1"):                     true,
		at(june, "revisions", "r1", "don-vi", "mới"):    true,
		at(june, "revisions", "r2"):                     true,
		at(june, "x", "..", "revisions", "r1"):          true,
		at(june):                                        false,
		at(june, "don-vi"):                              false,
		at("revisions", "r1"):                           false,
		filepath.Join(t.TempDir(), june, "revisions"):   false,
		filepath.Join(o.Dir+"-khac", june, "revisions"): false,
	} {
		if held, err := o.Holds(folder); held != want || err != nil {
			t.Errorf("%s: held is %v, want %v; %v", folder, held, want, err)
		}
	}
	if runtime.GOOS == "windows" {
		return // links need a privilege there
	}
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(at(june, "revisions", "r1"), link); err != nil {
		t.Fatal(err)
	}
	if held, err := o.Holds(filepath.Join(link, "moi")); !held || err != nil {
		t.Errorf("a folder behind a link: %v, %v", held, err)
	}
}
